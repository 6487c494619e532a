"""Our own layout model: a small network over a page's lines. See `docs/explanation/layout-model.md`."""

from pathlib import Path
from typing import Final

from octavo.ports.engines import ModelFile

NAME: Final = "layout"
WEIGHTS: Final = Path(__file__).with_name("weights.npz")
DIGEST: Final = Path(__file__).with_name("weights.sha256").read_text(encoding="ascii").strip()
"""Of the weights that this program was measured with."""


def model_file() -> ModelFile:
    """It is part of every engine: a line's role does not depend on who read it."""
    return ModelFile(NAME, DIGEST, "Apache-2.0", WEIGHTS.stat().st_size)
