"""Whether a page's text layer says what is on the page.

Most layers are judged by what the reader knows. A doubtful one is compared with the
ink: a few of its lines are cut from the picture, recognised, and held against it.
"""

from dataclasses import dataclass
from enum import StrEnum

from octavo.domain.document import Line, Region
from octavo.pipeline.proof.comparing import letters, similarity
from octavo.pipeline.proof.glyphs import GARBLED as GARBLED_LAYER
from octavo.pipeline.proof.glyphs import settle_doubts
from octavo.pipeline.proof.sheet import read_parts
from octavo.ports.engines import NO_INK, Recogniser
from octavo.ports.readers import LoadedPage

GARBLED = 0.3
"""Share of unsure characters above which the layer is not worth asking about."""
DOUBTFUL = 0.1
FEW_CHARACTERS = 60
"""On a page full of picture: a stamp or a running number over a scan, not its text."""
FULL_PICTURE = 0.75
"""Of the page area."""
AGREES = 0.8
"""Similarity of letters with what a recogniser reads; honest layers reach 0.93 even on poor scans."""
READS_ALIKE = 0.95
"""The same for a hidden layer whose ink is read surely: below, it is an older and poorer recognition than ours."""
SURE_READER = 0.95
"""Mean confidence of a reading that is sure."""
PASSED_OVER = "text_layer_passed_over"
"""The note of a page whose layer nobody was to look at."""
SAMPLE_LINES = 6
SAMPLE_DPI = 150


class Trust(StrEnum):
    FULL = "full"
    """What a person sees, byte for byte."""
    HIDDEN = "hidden"
    """Invisible text that agrees with the ink: right, but somebody's recognition."""
    PARTIAL = "partial"
    """True as far as it goes; the page has more to read."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    trust: Trust
    notes: tuple[str, ...] = ()
    corrected: tuple[Line, ...] | None = None
    """The page's lines where some words had to be read from their ink; None: they are as they came."""


def judge(page: LoadedPage, recogniser: Recogniser, *, ink_only: bool = False) -> Verdict:
    """Reads a sample of ink only where the layer, or a glyph of one of its fonts, is in doubt.

    With `ink_only` no layer is trusted, whatever it says.
    """
    characters = sum([len(word.text) for line in page.lines for word in line.words])
    if not characters:
        return Verdict(Trust.NONE)
    if recogniser.identity.name == NO_INK:
        return _unasked(page)
    if ink_only or page.garbled >= GARBLED:
        return Verdict(Trust.NONE, (PASSED_OVER if ink_only else GARBLED_LAYER,))
    covered = picture_share(page.regions)
    if covered >= FULL_PICTURE and characters < FEW_CHARACTERS and not page.hidden_text:
        return Verdict(Trust.PARTIAL)
    if not (page.hidden_text or page.garbled > DOUBTFUL or (covered >= FULL_PICTURE and page.native_dpi)):
        return _settled(page, recogniser)
    return _compared(page, recogniser)


def _unasked(page: LoadedPage) -> Verdict:
    """Nobody may look at the ink: the layer is all there is, and proven only where nothing speaks against it."""
    if page.hidden_text or page.garbled > 0 or page.doubts:
        return Verdict(Trust.HIDDEN, ("text_layer_unconfirmed",))
    return Verdict(Trust.FULL)


def _settled(page: LoadedPage, recogniser: Recogniser) -> Verdict:
    settled = settle_doubts(page, recogniser)
    if settled.is_beyond:
        return Verdict(Trust.NONE, settled.notes)
    return Verdict(Trust.FULL, settled.notes, settled.lines if settled.notes else None)


def picture_share(regions: tuple[Region, ...]) -> float:
    """Of the page: the area of its largest picture."""
    return max((region.bbox.area for region in regions if region.kind == "image"), default=0.0)


def _compared(page: LoadedPage, recogniser: Recogniser) -> Verdict:
    found = compare(page, recogniser)
    if found.agreement < AGREES:
        return Verdict(Trust.NONE, ("text_layer_hidden_wrong" if page.hidden_text else GARBLED_LAYER,))
    if not page.hidden_text:
        return _settled(page, recogniser)
    if found.agreement < READS_ALIKE and found.confidence >= SURE_READER:
        return Verdict(Trust.NONE, ("text_layer_hidden_poor",))
    return Verdict(Trust.HIDDEN, ("text_layer_hidden",))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sampled lines of the layer against what the recogniser reads in their place."""

    agreement: float
    """Similarity of the letters, 0.0-1.0."""
    confidence: float
    """Of the reading, mean over its words."""


def compare(page: LoadedPage, recogniser: Recogniser) -> Comparison:
    sample = _sample(page.lines)
    if not sample:
        return Comparison(0.0, 0.0)
    picture = page.render(min(SAMPLE_DPI, page.native_dpi or SAMPLE_DPI))
    read = read_parts(picture, [line.bbox for line in sample], recogniser)
    agreement = similarity(
        "".join(letters(line.text) for line in sample), "".join(letters(found.text) for found in read)
    )
    shares = [word.confidence or 0.0 for found in read for word in found.words]
    return Comparison(agreement, sum(shares) / len(shares) if shares else 0.0)


def _sample(lines: tuple[Line, ...]) -> list[Line]:
    """Long level lines, spread over the page."""
    level = [line for line in lines if line.bbox.width > line.bbox.height and len(line.text) >= 4]
    longest = sorted(level, key=lambda line: -len(line.text))[: 4 * SAMPLE_LINES]
    spread = sorted(longest, key=lambda line: line.bbox.y0)
    step = max(1, len(spread) // SAMPLE_LINES)
    return spread[::step][:SAMPLE_LINES]
