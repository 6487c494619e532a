"""Blocks and tables out of Markdown, for those who give nothing else."""

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from benchmarks.accuracy.structure.found import Cell, Found, FoundBlock, FoundTable

_PARSER = MarkdownIt("commonmark").enable("table")


def from_markdown(text: str, page: int | None = None) -> Found:
    blocks: list[FoundBlock] = []
    tables: list[FoundTable] = []
    depth = 0
    tokens = _PARSER.parse(text)
    for before, token in pairwise([Token("", "", 0), *tokens]):
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "inline" and before.type == "heading_open":
            blocks.append(FoundBlock("heading", _plain(token), page, int(before.tag[1:])))
        elif token.type == "inline" and before.type == "paragraph_open":
            label, level = ("list_item", depth - 1) if depth else ("paragraph", None)
            blocks.append(FoundBlock(label, _plain(token), page, level))
            tables += html_tables(token.content, page)
        elif token.type in {"fence", "code_block"}:
            blocks.append(FoundBlock("code", token.content, page))
        elif token.type == "html_block":
            tables += html_tables(token.content, page)
            blocks += [FoundBlock("paragraph", _stripped(token.content), page)]
    tables += _pipe_tables(tokens, page)
    return Found(blocks=tuple(block for block in blocks if block.text.strip()), tables=tuple(tables))


def _plain(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif child.type != "html_inline":
            parts.append(child.content)
    return "".join(parts)


def _pipe_tables(tokens: list[Token], page: int | None) -> Iterator[FoundTable]:
    rows: list[list[Cell]] = []
    for token in tokens:
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append(Cell(len(rows) - 1, len(rows[-1]), "", header=token.type == "th_open"))
        elif token.type == "inline" and rows and rows[-1]:
            last = rows[-1][-1]
            rows[-1][-1] = Cell(last.row, last.col, _plain(token), header=last.header)
        elif token.type == "table_close":
            yield FoundTable(tuple(cell for row in rows for cell in row), page)
            rows = []


class _Tables(HTMLParser):
    """Tables with spans; a table inside a table is text of its cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[Cell]] = []
        self.text: list[str] = []
        self._taken: set[tuple[int, int]] = set()
        self._row = -1
        self._depth = 0
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._taken, self._row, self._open = set(), -1, False
        elif self._depth == 1 and tag == "tr":
            self._row += 1
        elif self._depth == 1 and tag in {"td", "th"} and self.tables:
            self._cell(tag, dict(attrs))
        elif tag == "br":
            self.handle_data("\n")

    def _cell(self, tag: str, attributes: dict[str, str | None]) -> None:
        row, col = max(0, self._row), 0
        while (row, col) in self._taken:
            col += 1
        rows, cols = (max(1, int(attributes.get(name) or 1)) for name in ("rowspan", "colspan"))
        self._taken |= {(row + i, col + j) for i in range(rows) for j in range(cols)}
        self.tables[-1].append(Cell(row, col, "", rows, cols, tag == "th"))
        self._open = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif tag in {"td", "th"} and self._depth == 1:
            self._open = False

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._open and self.tables and self.tables[-1]:
            last = self.tables[-1][-1]
            self.tables[-1][-1] = Cell(
                last.row, last.col, last.text + data, last.row_span, last.col_span, last.header
            )


def html_tables(text: str, page: int | None = None) -> list[FoundTable]:
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return [FoundTable(tuple(cells), page) for cells in parser.tables if cells]


def _stripped(text: str) -> str:
    """What is readable in HTML beside its tables."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return "" if parser.tables else " ".join("".join(parser.text).split())
