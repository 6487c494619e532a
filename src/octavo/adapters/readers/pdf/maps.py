"""What a PDF's own fonts say about their characters, where that contradicts what is read from them.

Some producers map a ligature to one of its letters (`/T_h` to `h`). What is drawn was chosen by its
name, so such glyphs are given their full text; the Adobe Glyph List says how to read a name:
https://github.com/adobe-type-tools/agl-specification. Where a `ToUnicode` map contradicts the name
otherwise, or gives two glyphs of different widths one character, only the ink can tell: those are in doubt.
"""

import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from octavo.adapters.readers.pdf.tounicode import characters_of_codes

_OTHER_GLYPH = 0.12
"""Of the font size: two glyphs of one character that differ by more in width are hardly the same letter."""
_SAME_GLYPH = 0.02
_MOST_FONTS = 200
"""Of one page."""
_DEEPEST = 3
"""Forms within forms."""
_DAMAGE = (
    pikepdf.PasswordError,
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    ValueError,
    TypeError,
    KeyError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A glyph: what is read from it, and how wide it is."""

    text: str
    width: float
    """Advance, of the font size."""


@dataclass(frozen=True, slots=True)
class FontMap:
    """What is odd about the fonts of one name."""

    honest: frozenset[Claim]
    full: Mapping[Claim, str]
    """Glyphs that are read as one of their letters, and all of them."""
    doubted: frozenset[Claim]


@dataclass(frozen=True, slots=True, eq=False)
class _Claims:
    """What one font says of its glyphs."""

    proven: frozenset[Claim]
    """By the name that chooses what is drawn, or a standard encoding."""
    mapped: frozenset[Claim]
    """By `ToUnicode` alone."""
    denied: frozenset[Claim]
    """By `ToUnicode`, but the glyph's name says otherwise."""
    full: Mapping[Claim, str]


_NOTHING = _Claims(frozenset(), frozenset(), frozenset(), {})


class FontMaps:
    """The odd fonts of an open document, looked for page by page, each font once."""

    def __init__(self, source: Path | bytes, password: str | None) -> None:
        self._source = io.BytesIO(source) if isinstance(source, bytes) else source
        self._password = password
        self._pdf: pikepdf.Pdf | None = None
        self._given_up = False
        self._known: dict[tuple[int, int], tuple[str, _Claims]] = {}
        self._odd: dict[frozenset[_Claims], FontMap | None] = {}

    def of_page(self, number: int) -> dict[str, FontMap]:
        """By base name, without the tag of a subset; most pages have none. Whatever cannot be read is not odd."""
        if self._given_up:
            return {}
        found: dict[str, set[_Claims]] = {}
        try:
            for font in self._fonts(number):
                name, claims = self._read(font)
                found.setdefault(name, set()).add(claims)
        except _DAMAGE:
            self._given_up = True
            return {}
        return {name: odd for name, claims in found.items() if (odd := self._compared(frozenset(claims)))}

    def close(self) -> None:
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None

    def _fonts(self, number: int) -> Iterator[Dictionary]:
        if self._pdf is None:
            self._pdf = pikepdf.open(self._source, password=self._password or "", suppress_warnings=True)
        pages = self._pdf.pages
        if number <= len(pages):
            for count, font in enumerate(_fonts_in(pages[number - 1].obj.get(Name.Resources), _DEEPEST)):
                if count == _MOST_FONTS:
                    return
                yield font

    def _compared(self, fonts: frozenset[_Claims]) -> FontMap | None:
        """Pages of a document mostly have the same fonts."""
        if fonts not in self._odd:
            self._odd[fonts] = _odd(fonts)
        return self._odd[fonts]

    def _read(self, font: Dictionary) -> tuple[str, _Claims]:
        key = font.objgen
        if key == (0, 0):
            return _base_name(font), _claims(font)
        if key not in self._known:
            self._known[key] = _base_name(font), _claims(font)
        return self._known[key]


def _fonts_in(resources: Any, deepest: int) -> Iterator[Dictionary]:
    if not isinstance(resources, Dictionary):
        return
    fonts = resources.get(Name.Font)
    if isinstance(fonts, Dictionary):
        yield from (font for _, font in fonts.items() if isinstance(font, Dictionary))
    forms = resources.get(Name.XObject)
    if deepest and isinstance(forms, Dictionary):
        for form in forms.values():
            if isinstance(form, pikepdf.Stream) and form.get(Name.Subtype) == Name.Form:
                yield from _fonts_in(form.get(Name.Resources), deepest - 1)


def _odd(fonts: frozenset[_Claims]) -> FontMap | None:
    """What fonts of one name, which are parts of one typeface, say about each other; None: nothing odd."""
    proven = frozenset(claim for font in fonts for claim in font.proven)
    mapped = frozenset(claim for font in fonts for claim in font.mapped)
    full = {
        claim: text
        for font in fonts
        for claim, text in font.full.items()
        # A glyph that is as wide as one that is surely its letter could not be told from it.
        if not any(_same_glyph(claim, sure) for sure in proven)
    }
    widths: dict[str, list[float]] = {}
    for claim in mapped | proven:
        if any(_same_glyph(claim, known) for known in full):
            continue
        widths.setdefault(claim.text, []).append(claim.width)
    two = {text for text, known in widths.items() if max(known) - min(known) > _OTHER_GLYPH}
    doubted = {claim for font in fonts for claim in font.denied}
    doubted |= {claim for claim in mapped if claim.text in two}
    doubted = {claim for claim in doubted if not any(_same_glyph(claim, known) for known in full)}
    return FontMap(proven | mapped, full, frozenset(doubted)) if full or doubted else None


def _same_glyph(one: Claim, other: Claim) -> bool:
    return one.text == other.text and abs(one.width - other.width) < _SAME_GLYPH


def _base_name(font: Dictionary) -> str:
    """As PDFium has it: without the tag of a subset, and of a composite font that of its glyphs."""
    descendants = font.get(Name.DescendantFonts)
    named = descendants[0] if isinstance(descendants, Array) and len(descendants) else font
    return str(named.get(Name.BaseFont, "/"))[1:].split("+", 1)[-1]


def _claims(font: Dictionary) -> _Claims:
    if font.get(Name.Subtype) == Name.Type3:
        return _NOTHING
    composite = font.get(Name.Subtype) == Name.Type0
    read, names = characters_of_codes(font), {} if composite else _names(font)
    proven, mapped, denied = set[Claim](), set[Claim](), set[Claim]()
    full: dict[Claim, str] = {}
    for code, width in (_composite_widths(font) if composite else _simple_widths(font)).items():
        text, meant = read.get(code), _meant(names[code]) if code in names else ""
        if _is_in_part(text, meant) and (text is not None or "_" in names[code]):
            full |= {Claim(letter, width): meant for letter in {meant[0], meant[-1]}}
        elif text is None:
            proven.add(Claim(meant or _western(code), width))
        elif text.isalnum():
            (denied if _contradict(text, meant) else proven if meant else mapped).add(Claim(text, width))
    return _Claims(frozenset(proven), frozenset(mapped), frozenset(denied), full)


def _is_in_part(text: str | None, name: str) -> bool:
    """Whether a ligature is read as its first or last letter. What is drawn is chosen by its name."""
    return len(name) > 1 and (text is None or text in {name[0], name[-1]})


def _contradict(text: str, name: str) -> bool:
    """Whether the two are different letters or digits, however they are written."""
    one, other = (unicodedata.normalize("NFKC", value).casefold() for value in (text, name))
    return bool(name) and one != other and any(character.isalnum() for character in one + other)


def _meant(name: str) -> str:
    """Empty for names that say nothing (`g27`, `a12`)."""
    from fontTools.agl import toUnicode  # type: ignore[import-untyped]

    meant: str = toUnicode(name)
    return unicodedata.normalize("NFKC", meant)


def _western(code: int) -> str:
    return bytes([code]).decode("cp1252", "ignore") if code < 256 else ""


def _names(font: Dictionary) -> dict[int, str]:
    """Code to glyph name, where the font names glyphs itself."""
    encoding = font.get(Name.Encoding)
    differences = encoding.get(Name.Differences) if isinstance(encoding, Dictionary) else None
    found: dict[int, str] = {}
    code = 0
    for entry in differences if isinstance(differences, Array) else ():
        if isinstance(entry, Name):
            found[code] = str(entry)[1:]
            code += 1
        else:
            code = int(entry)
    return found


def _simple_widths(font: Dictionary) -> dict[int, float]:
    widths, first = font.get(Name.Widths), font.get(Name.FirstChar)
    if not isinstance(widths, Array) or first is None:
        return {}
    return {int(first) + place: float(width) / 1000 for place, width in enumerate(widths)}


def _composite_widths(font: Dictionary) -> dict[int, float]:
    """Where codes are glyph numbers, as in nearly every composite font."""
    descendants = font.get(Name.DescendantFonts)
    if font.get(Name.Encoding) != Name("/Identity-H") or not isinstance(descendants, Array):
        return {}
    listed = descendants[0].get(Name.W)
    entries = list(listed) if isinstance(listed, Array) else []
    found: dict[int, float] = {}
    while len(entries) >= 2:
        first, second = int(entries[0]), entries[1]
        if isinstance(second, Array):
            found |= {first + place: float(width) / 1000 for place, width in enumerate(second)}
            entries = entries[2:]
        else:
            width = float(entries[2]) / 1000
            found |= dict.fromkeys(range(first, min(int(second), first + 0xFFFF) + 1), width)
            entries = entries[3:]
    return found
