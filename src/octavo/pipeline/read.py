"""One page, from the open file to the finished page."""

from dataclasses import dataclass, replace
from time import perf_counter

from octavo.domain.document import (
    Block,
    BlockType,
    Line,
    Origin,
    Page,
    PageQuality,
    Picture,
    ReadPage,
    Region,
    Word,
)
from octavo.domain.drawing import Glyph
from octavo.domain.geometry import BBox, UprightTransform
from octavo.domain.job import Profile
from octavo.domain.looks import Area
from octavo.pipeline.areas import areas_of
from octavo.pipeline.embedded import with_embedded_text
from octavo.pipeline.figures.find import find_figures
from octavo.pipeline.figures.framed import with_framed
from octavo.pipeline.figures.gridded import without_grids
from octavo.pipeline.formulas.find import find_formula
from octavo.pipeline.formulas.write import with_latex
from octavo.pipeline.illustrate import illustrate
from octavo.pipeline.ink import is_blank, shrunk
from octavo.pipeline.proof.second import Confirmed, confirm
from octavo.pipeline.recognise import LEAST_DPI, dpi_for, recognise, recognise_pictures
from octavo.pipeline.sideways import turned_level
from octavo.pipeline.sight import Sight, sight_of
from octavo.pipeline.structure.build import build_blocks
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.wording import clean
from octavo.pipeline.tables.find import find_tables
from octavo.pipeline.trust import Trust, Verdict, judge
from octavo.pipeline.upright import as_read, stand_upright, to_upright
from octavo.ports.engines import (
    LineRoles,
    Orienter,
    PageImage,
    Recogniser,
    SecondReader,
    SecondReading,
    SymbolNamer,
)
from octavo.ports.readers import LoadedPage, NativePage, Reader

WHOLE_PAGE = BBox(0.0, 0.0, 1.0, 1.0)
LARGE = 0.4
"""Of the page's area: a figure that the page is about."""
PAPER = 0.9
FEW_LINES = 5
"""What a photograph may show of signs and labels."""


def read_page(
    reader: Reader,
    number: int,
    *,
    recogniser: Recogniser,
    orienter: Orienter | None = None,
    language: str | None = None,
    profile: Profile = Profile.STANDARD,
    roles: LineRoles | None = None,
    second: Recogniser | None = None,
    namer: SymbolNamer | None = None,
    ink_only: bool = False,
) -> Page:
    """Read one page, top to bottom.  Start reading here.

    Args:
        reader: The open document.
        number: From 1.
        recogniser: Asked only where the text layer is missing, doubtful, or silent about a picture.
        orienter: None where pages are known to stand upright.
        language: BCP 47, where the caller said.
        profile: `fast` leaves the page's figures and formulas alone, `advanced` reads them.
        roles: The layout model; without it, rules of thumb decide what a line is.
        second: An engine independent of `recogniser`; blocks of ink that both read alike are verified.
        namer: Names the symbols of formulas in pictures; without it, those keep their picture only.
        ink_only: Whether a text layer is passed over, right or wrong.

    Raises:
        PageUnreadable: This page is beyond us; the rest are unaffected.
    """
    started = perf_counter()
    loaded = reader.load(number)
    if isinstance(loaded, NativePage):
        return _native(loaded, language, started, recogniser if profile is Profile.ADVANCED else None)
    loaded = replace(loaded, lines=_cleaned(loaded.lines))
    verdict = judge(loaded, recogniser, ink_only=ink_only)
    read, seen = _read_text(loaded, verdict, recogniser, orienter)
    read = replace(read, language=language, notes=verdict.notes + read.notes)
    trusted = verdict.trust in {Trust.FULL, Trust.PARTIAL}
    blocks, pictures, areas = _structured(read, seen, loaded, profile, roles, namer, trusted=trusted)
    proof = Confirmed(blocks) if second is None or seen is None else confirm(blocks, seen, second)
    return _page(read, proof, pictures, areas, started)


def _page(
    read: ReadPage, proof: Confirmed, pictures: tuple[Picture, ...], areas: tuple[Area, ...], started: float
) -> Page:
    return Page(
        number=read.number,
        width_pt=read.width_pt,
        height_pt=read.height_pt,
        blocks=proof.blocks,
        transform=read.transform,
        quality=PageQuality.READ if proof.blocks else PageQuality.BLANK,
        engine=read.engine,
        language=read.language,
        notes=read.notes + proof.notes,
        duration_ms=round((perf_counter() - started) * 1000),
        pictures=pictures,
        areas=areas,
    )


def _read_text(
    loaded: LoadedPage, verdict: Verdict, recogniser: Recogniser, orienter: Orienter | None
) -> tuple[ReadPage, PageImage | None]:
    """The page's words, and its upright picture where they were read from it."""
    if verdict.trust is Trust.NONE:
        return _read_ink(loaded, recogniser, orienter)
    if verdict.corrected is None:
        return _read_layer(loaded, recogniser), None
    corrected = replace(loaded, lines=_cleaned(verdict.corrected))
    return replace(_read_layer(corrected, recogniser), engine=recogniser.identity.name), None


def _structured(
    read: ReadPage,
    seen: PageImage | None,
    loaded: LoadedPage,
    profile: Profile,
    roles: LineRoles | None,
    namer: SymbolNamer | None,
    *,
    trusted: bool,
) -> tuple[tuple[Block, ...], tuple[Picture, ...], tuple[Area, ...]]:
    """Blocks in reading order, the pictures of those that have one, and what is painted around them."""
    sight = sight_of(loaded, read.transform, seen)
    if profile is Profile.FAST:
        return build_blocks(read, verified=trusted, roles=roles, paths=sight.paths), (), ()
    found = _found(read, sight, namer, deep=profile is Profile.ADVANCED)
    if any(one.bbox.area > LARGE for one in found):
        # What fills the page behind it is its paper.
        read = replace(read, regions=tuple(region for region in read.regions if region.bbox.area <= PAPER))
    blocks = build_blocks(read, verified=trusted, found=found, roles=roles, paths=sight.paths)
    glyphs = loaded.glyphs if read.transform.is_identity and trusted else _no_glyphs
    blocks = with_latex(blocks, glyphs, sight, read.width_pt, read.height_pt, namer)
    illustrated, pictures = illustrate(blocks, sight, read.number)
    return illustrated, pictures, areas_of(sight.paths(), illustrated, read.width_pt, read.height_pt)


def _found(page: ReadPage, sight: Sight, namer: SymbolNamer | None, *, deep: bool) -> tuple[Found, ...]:
    """What stands on the page as a whole: tables first, since a ruled one looks like a drawing."""
    formula = find_formula(page, sight, namer) if namer is not None else ()
    if formula:
        return formula
    tables = without_grids(find_tables(page, sight))
    figures = find_figures(page, sight, tuple(table.bbox for table in tables), deep=deep)
    things = tables + tuple(figure for figure in figures if not _is_photographed_page(figure))
    return with_framed(things, page, sight, deep=deep)


def _is_photographed_page(found: Found) -> bool:
    """Paper on a desk is no picture with some words in it: what is written there is the page's text."""
    return found.type is BlockType.IMAGE and found.bbox.area > PAPER and len(found.lines) > FEW_LINES


def _no_glyphs(_: BBox) -> tuple[Glyph, ...]:
    return ()


def _native(page: NativePage, language: str | None, started: float, recogniser: Recogniser | None) -> Page:
    """Nothing to read, except in its pictures where a recogniser is given: the file says what is what."""
    blocks = with_embedded_text(page.blocks, page.pictures, recogniser) if recogniser else page.blocks
    return Page(
        number=page.number,
        width_pt=page.width_pt,
        height_pt=page.height_pt,
        blocks=blocks,
        quality=PageQuality.READ if blocks else PageQuality.BLANK,
        language=language,
        notes=page.notes,
        duration_ms=round((perf_counter() - started) * 1000),
        name=page.name,
        pictures=page.pictures,
    )


def _read_layer(page: LoadedPage, recogniser: Recogniser) -> ReadPage:
    """The text layer, and what is written in pictures beside it."""
    found = recognise_pictures(page, recogniser=recogniser)
    read = _layer_only(page)
    if found:
        read = replace(
            read,
            lines=read.lines + _cleaned(found),
            engine=recogniser.identity.name,
            notes=("pictures_read",),
        )
    return turned_level(read)


def _layer_only(page: LoadedPage) -> ReadPage:
    return ReadPage(page.number, page.width_pt, page.height_pt, page.lines, page.regions)


def _read_ink(
    page: LoadedPage, recogniser: Recogniser, orienter: Orienter | None
) -> tuple[ReadPage, PageImage]:
    """The whole page as a picture, and that picture upright; its text layer, if any, is not believed."""
    image = page.render(dpi_for(page))
    glance = shrunk(image)
    if is_blank(glance):
        return ReadPage(page.number, page.width_pt, page.height_pt, ()), image
    upright = stand_upright(image, glance, recogniser=recogniser, orienter=orienter)
    transform = upright.transform
    lines = recognise(upright.image, upright.glance, recogniser=recogniser)
    again = _read_again(upright.image, lines, recogniser)
    lines = _cleaned(again.lines)
    if not lines and page.lines:
        # Better a doubtful text layer than nothing: the engine may not know this script.
        doubtful = replace(turned_level(_layer_only(page)), notes=("text_layer_unconfirmed",))
        return doubtful, as_read(image, doubtful.transform)
    regions = page.regions if lines or page.regions else (Region("image", WHOLE_PAGE),)
    lying = transform.rotation in {90, 270}
    read = ReadPage(
        page.number,
        page.height_pt if lying else page.width_pt,
        page.width_pt if lying else page.height_pt,
        lines,
        tuple(replace(region, bbox=to_upright(region.bbox, transform)) for region in regions),
        transform if not transform.is_identity else UprightTransform(),
        recogniser.identity.name,
        notes=_notes(page, transform) + again.notes,
    )
    return read, upright.image


def _read_again(image: PageImage, lines: tuple[Line, ...], recogniser: Recogniser) -> SecondReading:
    if isinstance(recogniser, SecondReader):
        return recogniser.read_again(image, lines)
    return SecondReading(lines, ())


def _notes(page: LoadedPage, transform: UprightTransform) -> tuple[str, ...]:
    notes = {
        "rotated": transform.rotation != 0,
        "deskewed": transform.deskew_degrees != 0,
        "low_resolution": page.native_dpi is not None and page.native_dpi < LEAST_DPI,
    }
    return tuple(note for note, holds in notes.items() if holds)


def _cleaned(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """NFC and printable throughout; words that were nothing else vanish."""
    return tuple(found for line in lines if (found := _cleaned_line(line)).words)


def _cleaned_line(line: Line) -> Line:
    texts = [word.text for word in line.words]
    whole = "".join(texts)
    if whole.isascii() and whole.isprintable() and all(texts):
        return line
    cleaned = [_cleaned_word(word) for word in line.words]
    return replace(line, words=tuple([word for word in cleaned if word.text]))


def _cleaned_word(word: Word) -> Word:
    text = clean(word.text).strip()
    return word if text == word.text else replace(word, text=text)


@dataclass(frozen=True, slots=True)
class PageMeasure:
    """What a page counts for in the document's faithfulness and confidence; see `PageOutcome`."""

    characters: int
    grounded_characters: int
    confidence: float | None


def measure(page: Page) -> PageMeasure:
    """Characters of the words, those of words on ink or from a text layer, and the mean confidence.

    Words that were read where there is no ink carry confidence 0.0, see `ink.ground`. Text from a
    layer or a native shape counts as sure.
    """
    words = page.words
    characters = sum(len(word.text) for word in words)
    grounded = sum(len(word.text) for word in words if word.origin is not Origin.OCR or word.confidence != 0)
    rated = [(len(word.text), _confidence(word)) for word in words]
    known = [(length, share) for length, share in rated if share is not None]
    letters = sum(length for length, _ in known)
    mean = round(sum(length * share for length, share in known) / letters, 4) if letters else None
    return PageMeasure(characters, grounded, mean)


def _confidence(word: Word) -> float | None:
    return 1.0 if word.confidence is None and word.origin is not Origin.OCR else word.confidence
