"""What a group of rows is: heading, paragraph, caption, footnote, code, list entry."""

from octavo.domain.document import BlockType
from octavo.pipeline.structure import markers
from octavo.pipeline.structure.measure import PageShape
from octavo.pipeline.structure.rows import Row

MOST_HEADING_LINES = 3
MOST_HEADING_LETTERS = 160
DISPLAY = 1.6
"""Times the running text: nobody sets paragraphs so large."""
SENTENCE_WORDS = 7
FOOT_ZONE = 0.6
"""Footnotes stand below this share of the page height."""


def role_of(group: list[Row], page: PageShape) -> BlockType:
    first = group[0]
    if first.line is None:
        return first.found.type if first.found else BlockType.IMAGE
    if all(row.line is not None and row.line.monospace for row in group) and not _is_sentence(group):
        return BlockType.CODE
    if markers.is_caption(first.text) and len(group) <= 6:
        return BlockType.CAPTION
    if _is_footnote(group, page):
        return BlockType.FOOTNOTE
    if is_heading(group, page):
        return BlockType.HEADING
    return BlockType.PARAGRAPH


def _is_sentence(group: list[Row]) -> bool:
    """Prose that is set, or mostly set, in a typewriter font."""
    text = " ".join(row.text for row in group)
    return text[:1].isupper() and text.endswith(".") and text.count(" ") >= 7


def is_heading(group: list[Row], page: PageShape) -> bool:
    if len(group) > MOST_HEADING_LINES or group[0].in_picture:
        return False
    text = " ".join(row.text for row in group)
    if not _could_be_heading(group, text):
        return False
    ratio = group[0].size / page.body_size if page.body_size else 1.0
    if ratio >= 1 + page.scatter:
        return ratio >= DISPLAY or not _is_prose(group, text)
    if ratio < 0.95 or len(text) > 100 or text.endswith((".", ",", ";")):
        return False
    stands_out = all(row.is_bold for row in group) and not page.is_bold
    if stands_out:
        return _is_short(group, page) and not _is_entry(text)
    return _is_capitals(text) and markers.section_depth(text) is not None


def _is_entry(text: str) -> bool:
    """`a)` or `(iv)` open an entry, `A.` and `1.` may open a section."""
    mark = markers.number(text)
    return mark is not None and (mark.endswith(")") or mark[0].islower())


def _is_prose(group: list[Row], text: str) -> bool:
    """One or more sentences, however large they are set beside a page's small print."""
    return text.endswith((".", "!", "?")) and (len(group) > 1 or text.count(" ") >= SENTENCE_WORDS)


def _could_be_heading(group: list[Row], text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return (
        1 < letters <= MOST_HEADING_LETTERS
        and letters >= 0.4 * len(text.replace(" ", ""))
        and not markers.bullet(text)
        and not markers.is_contents_entry(text)
        and not markers.is_label(text)
        and not any(row.cells for row in group)
        and not text.endswith((",", ";"))
    )


def _is_short(group: list[Row], page: PageShape) -> bool:
    """Its last line leaves a part of the column free."""
    column = page.columns[group[-1].column]
    return group[-1].x1 < column.right - 0.1 * column.width or len(page.columns) > 1


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(char.isalpha() for char in text) >= 4


def _is_footnote(group: list[Row], page: PageShape) -> bool:
    first = group[0]
    return (
        first.y0 > FOOT_ZONE * page.height
        and first.size < page.small_size
        and markers.opens_footnote(first.text)
    )
