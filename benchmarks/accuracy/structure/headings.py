"""Headings against bookmarks, the order of phrases, and phrases on their page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.accuracy.structure.found import Found, FoundBlock
from benchmarks.accuracy.structure.texts import letters, likeness, title

HEADINGS = frozenset({"title", "heading"})
ALIKE_FROM = 0.85
"""A bookmark and what is printed may differ by a ligature, a quote or a formula."""


@dataclass(frozen=True, slots=True)
class Heading:
    title: str
    level: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class HeadingScore:
    matched: int
    true: int
    found: int
    same_level: int
    """Of the matched ones, with the levels shifted as one so that most agree: a book's chapters may be 1 or 2."""


def score_headings(truth: Sequence[Heading], found: Iterable[FoundBlock]) -> HeadingScore:
    left = [block for block in found if block.label in HEADINGS and letters(block.text)]
    count = len(left)
    pairs: list[tuple[Heading, FoundBlock]] = []
    for alike in (1.0, ALIKE_FROM):
        pairs += _matched(
            [heading for heading in truth if not any(heading is h for h, _ in pairs)], left, alike
        )
    shifts = [heading.level - block.level for heading, block in pairs if block.level is not None]
    same = max((shifts.count(shift) for shift in set(shifts)), default=0)
    return HeadingScore(len(pairs), len(truth), count, same)


def _matched(
    truth: Sequence[Heading], left: list[FoundBlock], alike: float
) -> list[tuple[Heading, FoundBlock]]:
    """Each with the first block that is alike enough and on its page; such blocks are taken from `left`."""
    pairs = []
    for heading in truth:
        for at, block in enumerate(left):
            elsewhere = block.page is not None and heading.page is not None and block.page != heading.page
            if not elsewhere and likeness(title(heading.title), title(block.text)) >= alike:
                pairs.append((heading, left.pop(at)))
                break
    return pairs


@dataclass(frozen=True, slots=True)
class OrderCheck:
    before: str
    after: str
    page: int


@dataclass(frozen=True, slots=True)
class OrderScore:
    right: int
    wrong: int
    missing: int
    """One of the two phrases is not on the page as one piece: that is no right order either."""


def score_order(checks: Iterable[OrderCheck], found: Found) -> OrderScore:
    """Who does not tell pages is searched as a whole."""
    right = wrong = missing = 0
    texts: dict[int, str] = {}
    for check in checks:
        page = check.page if found.tells_pages else 0
        if page not in texts:
            texts[page] = letters(found.page_text(page) if page else found.text)
        before, after = (texts[page].find(letters(phrase)) for phrase in (check.before, check.after))
        if before < 0 or after < 0:
            missing += 1
        elif before < after:
            right += 1
        else:
            wrong += 1
    return OrderScore(right, wrong, missing)


def phrases_in_place(checks: Iterable[tuple[int, str]], found: Found) -> int:
    """How many of the (page, phrase) are on that page and on neither of its neighbours."""
    right = 0
    for page, phrase in checks:
        wanted = letters(phrase)
        here, *near = (letters(found.page_text(number)) for number in (page, page - 1, page + 1))
        right += wanted in here and not any(wanted in text for text in near)
    return right
