"""Made documents read as a user's are: through the PDF reader and the structure, without an engine for ink."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from octavo.adapters.engines.load import load_layout
from octavo.adapters.readers.pdf.reader import PdfKind
from octavo.domain.document import EngineIdentity, Line, Page
from octavo.domain.field import Field, Scalar
from octavo.pipeline.read import read_page
from octavo.ports.engines import NO_INK, PageImage
from octavo.ports.readers import Limits


class NoInk:
    identity = EngineIdentity(NO_INK, "1", "sha256:0")

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        del image
        return ()


def pages_of(pdf: bytes, folder: Path) -> list[Page]:
    path = folder / "made.pdf"
    path.write_bytes(pdf)
    with PdfKind().open(path, password=None, limits=Limits()) as reader:
        numbers = range(1, reader.page_count + 1)
        return [read_page(reader, number, recogniser=NoInk(), roles=load_layout()) for number in numbers]


def missed(truth: Mapping[str, Any], found: list[Field]) -> dict[str, tuple[Scalar, Scalar | None]]:
    """What the truth says and the fields do not, by path: truth, found."""
    values = {field.path: field.value for field in found}
    return {
        path: (value, values.get(path))
        for path, value in flat(truth).items()
        if _plain(values.get(path)) != _plain(value)
    }


def flat(node: Any, path: str = "") -> dict[str, Scalar]:
    if isinstance(node, dict | list):
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        return {
            name: value
            for key, child in pairs
            for name, value in flat(child, f"{path}.{key}" if path else str(key)).items()
        }
    return {path: node}


def _plain(value: Scalar | None) -> Scalar | None:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
