"""The network that names symbols of formulas in pictures; trained by `tools.symbol_training`, see its card in the docs."""

from pathlib import Path
from typing import Final

from octavo.adapters.engines.symbols.digest import SHA256 as DIGEST
from octavo.ports.engines import ModelFile

__all__ = ["DIGEST", "FILE", "NAME", "model_file"]
NAME: Final = "symbols"
FILE: Final = Path(__file__).with_name("symbols.onnx")


def model_file() -> ModelFile:
    """It is part of every engine: formulas are read alike whoever reads the words."""
    return ModelFile(NAME, DIGEST, "Apache-2.0", FILE.stat().st_size)
