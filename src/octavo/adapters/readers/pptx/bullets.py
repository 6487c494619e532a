"""What stands before a paragraph on a slide: nothing, a bullet, or a number that is counted here."""

from dataclasses import dataclass, field

from octavo.adapters.readers.office.geometry import whole
from octavo.adapters.readers.office.xml import NAMESPACES, Element, local

_KINDS = {"buNone", "buChar", "buAutoNum", "buBlip"}
_SYMBOLS = {"Wingdings", "Wingdings 2", "Wingdings 3", "Symbol", "Webdings"}
_LOOKS = {
    "\u00a7": "▪",
    "\u00fc": "✓",
    "\u00d8": "➢",
    "\u0076": "❖",
    "\u006e": "■",
    "\u006c": "●",
    "\u0071": "❑",
}
"""What some characters of Wingdings, the usual font for bullets, look like."""
_PLAIN_BULLET = "•"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LARGEST_COUNT = 32_767


@dataclass(frozen=True, slots=True)
class Bullet:
    ordered: bool
    text: str = ""
    """Of a bullet; of a number it is counted."""
    scheme: str = ""
    """Of a number: `arabicPeriod`, `alphaLcParenR`, …"""
    start: int = 1


@dataclass(slots=True)
class Counter:
    """Numbers of one text body; ask for every paragraph in order."""

    _counts: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    """By level: the scheme, where it began, and the last number."""

    def marker(self, bullet: Bullet | None, level: int) -> str:
        """Also to be asked for paragraphs without a bullet: they end the numbering of their level."""
        self._counts = {at: count for at, count in self._counts.items() if at <= level}
        if bullet is None or not bullet.ordered:
            self._counts.pop(level, None)
            return bullet.text if bullet else ""
        scheme, start, last = self._counts.get(level, ("", 0, 0))
        number = last + 1 if (scheme, start) == (bullet.scheme, bullet.start) else bullet.start
        self._counts[level] = (bullet.scheme, bullet.start, number)
        return _spelled(number, bullet.scheme)


def bullet_of(styles: list[Element]) -> tuple[Bullet | None, bool]:
    """From the nearest style that decides; and whether any did."""
    for style in styles:
        decided = next((element for element in style if local(element) in _KINDS), None)
        if decided is not None:
            return _bullet(decided, styles), True
    return None, False


def _bullet(decided: Element, styles: list[Element]) -> Bullet | None:
    kind = local(decided)
    if kind == "buNone":
        return None
    if kind == "buAutoNum":
        start = min(max(1, whole(decided, "startAt")), _LARGEST_COUNT)
        return Bullet(ordered=True, scheme=decided.get("type", "arabicPeriod"), start=start)
    if kind == "buBlip":
        return Bullet(ordered=False, text=_PLAIN_BULLET)
    written = decided.get("char", "").strip()
    return Bullet(ordered=False, text=_look(written, _font(styles))) if written else None


def _look(char: str, font: str) -> str:
    if font not in _SYMBOLS:
        return char if char.isprintable() and not "\ue000" <= char[0] <= "\uf8ff" else _PLAIN_BULLET
    plain = chr(ord(char[0]) - 0xF000) if "\uf000" <= char[0] <= "\uf0ff" else char
    return _LOOKS.get(plain, _PLAIN_BULLET) if font.startswith("Wingdings") else _PLAIN_BULLET


def _font(styles: list[Element]) -> str:
    found = (style.find("a:buFont", NAMESPACES) for style in styles)
    return next((font.get("typeface", "") for font in found if font is not None), "")


def _spelled(number: int, scheme: str) -> str:
    text = _digits(number, scheme)
    if scheme.endswith("ParenBoth"):
        return f"({text})"
    if scheme.endswith("ParenR"):
        return f"{text})"
    return f"{text}." if scheme.endswith("Period") else text


def _digits(number: int, scheme: str) -> str:
    if scheme.startswith("alpha"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if "Uc" in scheme else letter
    if scheme.startswith("roman"):
        return _roman(number).upper() if "Uc" in scheme else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out
