"""Our documents and what is in them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sybil import Document
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer
from tests.house.tracked import ROOT, tracked


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of code."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@cache
def pages() -> tuple[Path, ...]:
    """Every Markdown file of ours, relative to the root."""
    return tuple(name for name in tracked() if name.suffix == ".md")


def text(page: Path) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@cache
def all_blocks() -> tuple[Block, ...]:
    """Every fenced block that says its language, as Sybil finds them."""
    lexer = FencedCodeBlockLexer(r"[\w-]+")
    found = []
    for page in pages():
        document = Document(text(page), str(page))
        for region in lexer(document):
            line = document.text.count("\n", 0, region.start) + 1
            found.append(Block(page, line, region.lexemes["language"], region.lexemes["source"]))
    return tuple(found)


def blocks(language: str) -> tuple[Block, ...]:
    return tuple(block for block in all_blocks() if block.language == language)
