"""Characters that Word keeps as places in a symbol font (`w:sym`): what they look like in Unicode."""

# ruff: noqa: RUF001 - letters of other alphabets are the subject

from collections.abc import Mapping
from types import MappingProxyType

_SYMBOL_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "αβχδεφγηιϕκλμνοπθρστυϖωξψζΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
)
_SYMBOL_SIGNS = (
    "22∀ 24∃ 27∋ 2A∗ 2D− 40≅ 5C∴ 5E⊥ 7E∼ A2′ A3≤ A4⁄ A5∞ A6ƒ A7♣ A8♦ A9♥ AA♠ AB↔ AC← AD↑ AE→ AF↓ B0° B1± B2″ B3≥ "
    "B4× B5∝ B6∂ B7• B8÷ B9≠ BA≡ BB≈ BC… C0ℵ C1ℑ C2ℜ C3℘ C4⊗ C5⊕ C6∅ C7∩ C8∪ C9⊃ CA⊇ CB⊄ CC⊂ CD⊆ CE∈ CF∉ D0∠ D1∇ "
    "D2® D3© D4™ D5∏ D6√ D7⋅ D8¬ D9∧ DA∨ DB⇔ DC⇐ DD⇑ DE⇒ DF⇓ E0◊ E1⟨ E2® E3© E4™ E5∑ F1⟩ F2∫"
)
_WINGDINGS = (
    "21✏ 22✂ 23✁ 28☎ 29✆ 2A✉ 36⌛ 3E✇ 45☜ 46☞ 47☝ 48☟ 4A☺ 4C☹ 4E☠ 51✈ 52☼ 54❄ 6C● 6D❍ 6E■ 6F□ 71❑ 72❒ 73⬧ 74⧫ 75◆ "
    "76❖ 77⬥ 78⌧ 7B❀ 9F• A0▪ A1○ A4◉ A7▪ A8◻ AA✦ AB★ B2✧ D8➢ DC➲ DF← E0→ E1↑ E2↓ E8➔ EF⇦ F0⇨ F1⇧ F2⇩ FB✗ FC✓ FD☒ FE☑"
)
_WINGDINGS_2 = "4F✗ 50✓ 51☒ 52☑ 53☒ 54☒ 97● 98• A2■ A3□"
_WEBDINGS = "61✔ 72✗ 63□ 67■ 6E●"


def _table(entries: str) -> dict[int, str]:
    return {int(entry[:2], 16): entry[2:] for entry in entries.split()}


_FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "symbol": _table(_SYMBOL_SIGNS) | {ord(key): value for key, value in _SYMBOL_LETTERS.items()},
        "wingdings": _table(_WINGDINGS),
        "wingdings 2": _table(_WINGDINGS_2),
        "webdings": _table(_WEBDINGS),
    }
)


def drawn_letters(text: str, font: str) -> str:
    """Characters written in a symbol font: its places are U+F000 to U+F0FF there, which mean nothing elsewhere."""
    if font.strip().lower() not in _FONTS or not any("\uf020" <= letter <= "\uf0ff" for letter in text):
        return text
    return "".join(
        glyph(font, f"{ord(letter):x}") if "\uf020" <= letter <= "\uf0ff" else letter for letter in text
    )


def glyph(font: str | None, code: str | None) -> str:
    """What the character of that hexadecimal code looks like; U+FFFD where it is not known."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    place = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    table = _FONTS.get((font or "").strip().lower())
    if table is None:
        return chr(number) if 0x20 <= number < 0xD800 else "\ufffd"
    return table.get(place) or (
        chr(place) if font and font.lower() == "symbol" and 0x20 <= place < 0x7F else "\ufffd"
    )
