"""What can only be known of a page when all pages are known: repeated headers, one order of headings.

Two walks: the first gathers a few numbers of each page, the second yields the pages
changed. Memory grows with the number of distinct headings and running lines, not with
the pages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from octavo.domain.document import Block, BlockType, Origin, Page
from octavo.domain.geometry import BBox
from octavo.pipeline.lone_page import with_evident_furniture
from octavo.pipeline.structure import markers
from octavo.pipeline.structure.blocks import block_id
from octavo.pipeline.structure.headings import distinct_sizes

OUTER_TOP = 0.14
OUTER_BOTTOM = 0.86
"""Fractions of the page height where running lines are looked for."""
LEAST_REPEATS = 3
LEAST_SHARE = 0.04
"""Of the pages: a running title may change with every chapter."""
NEAR = 0.02
"""Running lines stand at the same height, to this fraction of the page."""
DEEPEST = 6
TITLE_PAGES = 3
"""The title stands on one of the first pages."""
TITLE_LARGER = 1.15
"""Than every other heading but itself."""
LARGER = 1.06
"""Times the prose of the document: less is the same size."""
SECTION_LARGER = 1.12

_RETYPED = frozenset({BlockType.PARAGRAPH, BlockType.HEADING, BlockType.CAPTION, BlockType.FOOTNOTE})
_OUTER = _RETYPED | {BlockType.PAGE_HEADER, BlockType.PAGE_FOOTER}
"""What shows that a line runs over the pages: some of its kind were recognised alone."""
NOWHERE = BBox(0.0, 0.0, 0.0, 0.0)
_WORDS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")


@dataclass(slots=True)
class _Survey:
    """What the first walk found."""

    pages: int = 0
    running: Counter[tuple[str, int]] = field(default_factory=Counter)
    """How many pages have a line with this text (numbers removed) at this height."""
    styles: Counter[tuple[float, bool]] = field(default_factory=Counter)
    """How many headings are set in this size and weight."""
    depths: defaultdict[tuple[float, bool], Counter[int]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    """The depths of the section numbers seen in each style."""
    early: Counter[tuple[float, bool]] = field(default_factory=Counter)
    """The same as `styles`, of the first pages only."""
    prose: Counter[float] = field(default_factory=Counter)
    """How many characters of paragraphs of two lines and more are set in this size."""
    title: tuple[float, str] | None = None
    """Size and id of the largest heading on the first pages."""


def assemble(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages with what repetition and comparison tell; `pages` is walked twice.

    No word is added or lost, and blocks keep their order.
    """
    survey = _survey(pages)
    levels = _levels(survey)
    for page in pages:
        blocks = tuple(_settled(block, survey, levels) for block in page.blocks)
        settled = replace(page, blocks=blocks)
        yield with_evident_furniture(settled) if survey.pages == 1 else settled


def _survey(pages: Iterable[Page]) -> _Survey:
    survey = _Survey()
    for page in pages:
        survey.pages += 1
        survey.running.update({_place(block) for block in page.blocks if _may_run(block, _OUTER)})
        for block in page.blocks:
            if block.type is BlockType.HEADING:
                _count_heading(block, survey, is_early=survey.pages <= TITLE_PAGES)
            elif block.type is BlockType.PARAGRAPH and len(block.lines) > 1 and "\n" not in block.text:
                survey.prose[_style(block)[0]] += len(block.text)
    return survey


def _is_native(block: Block) -> bool:
    """Its file says what it is, and of which level."""
    return any(word.origin is Origin.NATIVE for line in block.lines[:1] for word in line.words[:1])


def _count_heading(block: Block, survey: _Survey, *, is_early: bool) -> None:
    style = _style(block)
    survey.styles[style] += 1
    survey.early[style] += is_early
    depth = markers.section_depth(block.text)
    if depth is not None:
        survey.depths[style][depth] += 1
    elif is_early and (survey.title is None or style[0] > survey.title[0]):
        survey.title = (style[0], block.id)


def _may_run(block: Block, kinds: frozenset[BlockType] = _RETYPED) -> bool:
    if block.bbox is None:
        return False
    is_outside = block.bbox.y1 <= OUTER_TOP or block.bbox.y0 >= OUTER_BOTTOM
    return is_outside and block.type in kinds and len(block.lines) <= 2


def _place(block: Block) -> tuple[str, int]:
    text = _DIGITS.sub("", block.text.casefold())
    return " ".join(_WORDS.findall(text)), round(block.bbox.y0 / NEAR) if block.bbox else 0


def _runs(block: Block, survey: _Survey) -> bool:
    if not _may_run(block):
        return False
    text, height = _place(block)
    # Rounded heights of one line may fall on both sides of a step.
    seen = sum(survey.running[text, near] for near in (height - 1, height, height + 1))
    return seen >= max(LEAST_REPEATS, LEAST_SHARE * survey.pages) or (seen == survey.pages == 2)


def _style(block: Block) -> tuple[float, bool]:
    line = block.lines[0] if block.lines else None
    size = (line.font_size if line else None) or 0.0
    return round(size * 2) / 2, bool(line and line.bold)


def _levels(survey: _Survey) -> dict[tuple[float, bool], int]:
    """Level of each style: larger is higher, of one size bold is higher; section numbers decide where they agree."""
    sizes = distinct_sizes([size for size, _ in survey.styles])
    ordered = sorted(survey.styles, key=lambda style: (_rank(style[0], sizes), not style[1]))
    levels: dict[tuple[float, bool], int] = {}
    level = 0
    for style in ordered:
        if _is_front(style, survey):
            levels[style] = 1
        else:
            level = _numbered_level(survey.depths[style]) or min(DEEPEST, level + 1)
            levels[style] = level
    return levels


def _is_front(style: tuple[float, bool], survey: _Survey) -> bool:
    """Set only on the first pages (title, author, publisher), or only for the title: no level of its own."""
    if survey.pages > 2 * TITLE_PAGES:
        return survey.styles[style] == survey.early[style] and not survey.depths[style]
    is_title_style = survey.title is not None and style[0] == survey.title[0]
    return is_title_style and survey.styles[style] == 1 and _is_larger(style, survey)


def _is_larger(style: tuple[float, bool], survey: _Survey) -> bool:
    return all(style[0] >= TITLE_LARGER * size for size, bold in survey.styles if (size, bold) != style)


def _rank(size: float, sizes: list[float]) -> int:
    return next(position for position, known in enumerate(sizes) if size >= known * 0.94)


def _numbered_level(depths: Counter[int]) -> int | None:
    """The depth most section numbers in this style have."""
    if not depths:
        return None
    depth, count = depths.most_common(1)[0]
    return min(DEEPEST, depth) if count >= 2 and count >= 0.7 * depths.total() else None


def _settled(block: Block, survey: _Survey, levels: dict[tuple[float, bool], int]) -> Block:
    if _is_native(block):
        return block
    if _runs(block, survey):
        kind = BlockType.PAGE_HEADER if block.bbox and block.bbox.y1 <= OUTER_TOP else BlockType.PAGE_FOOTER
        return _retyped(block, kind)
    if block.type is not BlockType.HEADING:
        return block
    if _is_prose_after_all(block, survey) or _is_entry_after_all(block, survey):
        return _retyped(block, BlockType.PARAGRAPH)
    depth = markers.section_depth(block.text)
    level = levels[_style(block)]
    is_title = survey.title is not None and survey.title[1] == block.id
    return replace(
        block,
        level=depth if depth and depth > 1 else level,
        role="title" if is_title else block.role,
    )


def _is_italic(block: Block) -> bool:
    return all(line.italic for line in block.lines)


def _is_prose_after_all(block: Block, survey: _Survey) -> bool:
    """It stood out on its page only: the document's prose is as large."""
    size, is_bold = _style(block)
    if (
        is_bold
        or survey.pages == 1
        or _is_italic(block)
        or not survey.prose
        or markers.section_depth(block.text) is not None
    ):
        return False
    body = survey.prose.most_common(1)[0][0]
    return size < LARGER * body and not block.text.isupper()


def _is_entry_after_all(block: Block, survey: _Survey) -> bool:
    """`1.` no larger than the prose, where the sections `1`, `2` are: an entry of a list in bold."""
    if not survey.prose or markers.number(block.text) is None or markers.section_depth(block.text) != 1:
        return False
    size = _style(block)[0]
    body = survey.prose.most_common(1)[0][0]
    return size < LARGER * body and any(
        depths[1] > 1 and other >= SECTION_LARGER * size for (other, _), depths in survey.depths.items()
    )


def _retyped(block: Block, kind: BlockType) -> Block:
    changed = block_id(block.page, kind, block.bbox or NOWHERE, block.text)
    return replace(block, id=changed, type=kind, level=None, role=None)
