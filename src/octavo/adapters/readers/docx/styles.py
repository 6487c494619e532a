"""What a paragraph's style says it is, through all styles it is based on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from octavo.adapters.readers.office.xml import Element, tag

VAL = tag("w:val")
BODY_LEVEL = 9
"""The outline level of what is no heading."""
_DEEPEST = 32
"""Styles that are based on one another; more is a circle."""
_HEADING_NAME = re.compile(r"heading ([1-9])")
_MONOSPACED = re.compile(
    r"courier|consolas|menlo|monaco|\bmono\b|monospace|typewriter|source code|fira code|lucida console|cascadia|"
    r"inconsolata|jetbrains|fixedsys|terminal",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    names: tuple[str, ...] = ()
    """Its own, in small letters, and those of the styles it is based on. Built-in names are English everywhere."""
    ids: tuple[str, ...] = ()
    outline: int | None = None
    """0-8 for headings, 9 for body text, None where nothing is said."""
    num_id: str | None = None
    num_level: int | None = None
    indent: int | None = None
    """Twips."""
    font: str | None = None
    bold: bool = False

    @property
    def name(self) -> str:
        return self.names[0] if self.names else ""


class Styles:
    """`root` is that of `styles.xml`, None where the document has none."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        for style in root.iterchildren(tag("w:style")) if root is not None else ():
            identity = style.get(tag("w:styleId"), "")
            self._by_id.setdefault(identity, style)
            if is_on(style.get(tag("w:default"), "0")):
                self._defaults.setdefault(style.get(tag("w:type"), "paragraph"), identity)
        default = None if root is None else root.find(f"{tag('w:docDefaults')}/{tag('w:rPrDefault')}")
        self._default_font = font_of(None if default is None else default.find(tag("w:rPr")))
        self.paragraph = lru_cache(maxsize=4096)(self._paragraph)
        self.is_hidden = lru_cache(maxsize=4096)(self._is_hidden)
        self.run_font = lru_cache(maxsize=4096)(self._run_font)
        self.formats_first_row = lru_cache(maxsize=1024)(self._formats_first_row)

    @property
    def typewritten(self) -> bool:
        """Whether ordinary text is monospaced, so that it says nothing about a paragraph."""
        return is_monospaced(self.paragraph(None).font)

    def _paragraph(self, identity: str | None) -> ParagraphStyle:
        chain = list(self._chain(identity or self._defaults.get("paragraph")))
        numbering = self._first(chain, "w:pPr/w:numPr/w:numId")
        level = self._first(chain, "w:pPr/w:numPr/w:ilvl")
        outline = next((found for style in chain if (found := _outline(style)) is not None), None)
        fonts = (font_of(style.find(tag("w:rPr"))) for style in chain)
        return ParagraphStyle(
            names=tuple(_name(style) for style in chain),
            ids=tuple(style.get(tag("w:styleId"), "") for style in chain),
            outline=outline,
            num_id=numbering,
            num_level=whole(level),
            indent=next(
                (found for style in chain if (found := indent_of(style.find(tag("w:pPr")))) is not None), None
            ),
            font=next((font for font in fonts if font), self._default_font),
            bold=any(is_bold(style.find(tag("w:rPr"))) for style in chain),
        )

    def _is_hidden(self, identity: str) -> bool:
        return any(switched(style.find(tag("w:rPr")), "w:vanish") for style in self._chain(identity))

    def _run_font(self, identity: str) -> str | None:
        return next(
            (font for one in self._chain(identity) if (font := font_of(one.find(tag("w:rPr"))))), None
        )

    def _formats_first_row(self, identity: str | None) -> bool:
        """Whether a table style makes the first row look otherwise: then it is a header."""
        parts = (
            part
            for style in self._chain(identity or self._defaults.get("table"))
            for part in style.iterchildren(tag("w:tblStylePr"))
        )
        return any(part.get(tag("w:type")) == "firstRow" and len(part) for part in parts)

    def _chain(self, identity: str | None) -> Iterator[Element]:
        for _ in range(_DEEPEST):
            style = self._by_id.get(identity or "")
            if style is None:
                return
            yield style
            identity = value_of(style.find(tag("w:basedOn")))

    @staticmethod
    def _first(chain: list[Element], path: str) -> str | None:
        steps = "/".join(tag(step) for step in path.split("/"))
        return next((found for style in chain if (found := value_of(style.find(steps))) is not None), None)


def value_of(element: Element | None) -> str | None:
    return None if element is None else element.get(VAL)


def whole(text: str | None) -> int | None:
    """A whole number as Word writes it, None for anything else."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else None


def is_on(value: str | None) -> bool:
    return value not in {"0", "false", "off", None}


def switched(properties: Element | None, name: str) -> bool:
    """A switch such as `w:b`: on where it stands without a value."""
    found = None if properties is None else properties.find(tag(name))
    return found is not None and is_on(found.get(VAL, "1"))


def is_bold(properties: Element | None) -> bool:
    return switched(properties, "w:b")


def font_of(properties: Element | None) -> str | None:
    fonts = None if properties is None else properties.find(tag("w:rFonts"))
    return None if fonts is None else (fonts.get(tag("w:ascii")) or fonts.get(tag("w:hAnsi")))


def is_monospaced(font: str | None) -> bool:
    return bool(font) and _MONOSPACED.search(font or "") is not None


def indent_of(properties: Element | None) -> int | None:
    found = None if properties is None else properties.find(tag("w:ind"))
    return None if found is None else whole(found.get(tag("w:left")) or found.get(tag("w:start")))


def _name(style: Element) -> str:
    return (value_of(style.find(tag("w:name"))) or "").strip().lower()


def _outline(style: Element) -> int | None:
    level = whole(value_of(style.find(f"{tag('w:pPr')}/{tag('w:outlineLvl')}")))
    if level is not None:
        return level
    built_in = _HEADING_NAME.fullmatch(_name(style))
    return int(built_in[1]) - 1 if built_in else None
