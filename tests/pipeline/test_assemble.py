"""What only the whole document can tell."""

from collections.abc import Iterator

from tests.pipeline.fakes import HEIGHT, WIDTH, line_of, paragraph_of

from octavo.domain.document import Block, BlockType, Line, Page, ReadPage
from octavo.pipeline.assemble import assemble
from octavo.pipeline.structure.build import build_blocks

BODY = ["The quick brown fox jumps over the lazy dog and runs away into the wood."] * 6


def page_of(number: int, *lines: Line) -> Page:
    read = ReadPage(number, WIDTH, HEIGHT, (*lines, *paragraph_of(BODY, 60, 400)))
    return Page(number, WIDTH, HEIGHT, build_blocks(read, verified=True))


def heading(text: str, size: float, y: float = 200) -> Line:
    return line_of(text, 60, y, size=size, bold=True)


def found(pages: list[Page], kind: BlockType) -> list[Block]:
    return [block for page in assemble(pages) for block in page.blocks if block.type is kind]


class Walked:
    """Pages that count how often they are walked, and yield one at a time."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        self.walks = 0

    def __iter__(self) -> Iterator[Page]:
        self.walks += 1
        return iter(self.pages)


def test_lines_that_repeat_on_many_pages_are_page_headers_and_footers() -> None:
    pages = [
        page_of(
            n, line_of(f"The Annual Report {n}", 60, 60), line_of(f"Printed in Ghent, sheet {n}", 60, 790)
        )
        for n in range(1, 6)
    ]

    headers = found(pages, BlockType.PAGE_HEADER)
    footers = found(pages, BlockType.PAGE_FOOTER)

    assert [block.text for block in headers] == [f"The Annual Report {n}" for n in range(1, 6)]
    assert [block.text for block in footers] == [f"Printed in Ghent, sheet {n}" for n in range(1, 6)]
    assert len({block.id for block in headers}) == 5


def test_a_line_at_the_top_of_one_page_only_is_no_page_header() -> None:
    pages = [page_of(1, line_of("A line of its own", 60, 60)), *(page_of(n) for n in range(2, 6))]

    assert found(pages, BlockType.PAGE_HEADER) == []


def test_one_style_has_one_level_in_the_whole_document() -> None:
    pages = [
        page_of(1, heading("Beginnings", 20), heading("A first part", 14, 260)),
        page_of(2, heading("A second part", 14)),
        page_of(3, heading("Ends", 20), heading("Details", 12, 260)),
    ]

    levels = {block.text: block.level for block in found(pages, BlockType.HEADING)}

    assert levels == {"Beginnings": 1, "A first part": 2, "A second part": 2, "Ends": 1, "Details": 3}


def test_section_numbers_decide_the_level() -> None:
    pages = [
        page_of(1, heading("1 Foxes", 15), heading("1.1 Red ones", 13, 260)),
        page_of(2, heading("1.1.1 Tails", 12), heading("1.2 Grey ones", 13, 260)),
        page_of(3, heading("2 Dogs", 15)),
    ]

    levels = {block.text: block.level for block in found(pages, BlockType.HEADING)}

    assert levels == {"1 Foxes": 1, "1.1 Red ones": 2, "1.1.1 Tails": 3, "1.2 Grey ones": 2, "2 Dogs": 1}


def test_the_largest_heading_of_the_first_pages_is_the_title_and_takes_no_level_away() -> None:
    pages = [
        page_of(1, heading("On Foxes", 30), heading("1 Red ones", 15, 260)),
        page_of(2, heading("2 Grey ones", 15)),
    ]

    headings = {block.text: (block.role, block.level) for block in found(pages, BlockType.HEADING)}

    assert headings == {"On Foxes": ("title", 1), "1 Red ones": (None, 1), "2 Grey ones": (None, 1)}


def test_the_pages_are_walked_twice_and_not_kept() -> None:
    walked = Walked([page_of(n) for n in range(1, 4)])

    assert [page.number for page in assemble(walked)] == [1, 2, 3]
    assert walked.walks == 2
