"""The text of one shape, paragraph by paragraph, with what each inherits."""

from dataclasses import dataclass

from octavo.adapters.readers.office.geometry import whole
from octavo.adapters.readers.office.rich_text import equations_of, paragraph_text, paragraphs_of
from octavo.adapters.readers.office.xml import NAMESPACES, Element
from octavo.adapters.readers.pptx.bullets import Bullet, Counter, bullet_of
from octavo.adapters.readers.pptx.placeholders import level_styles
from octavo.adapters.readers.pptx.presentation import Backdrop
from octavo.adapters.readers.pptx.shapes import Shape

_DEFAULT_SIZE_PT = 18.0
_LINE = 1.2
"""Height of a line, in sizes of type."""
_DEEPEST = 8
_BODIES = {"body", "obj"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    level: int
    bullet: Bullet | None
    marker: str
    size_pt: float
    lines_by: float = _LINE
    """Height of its lines, in sizes of type."""
    around_pt: float = 0.0
    """White above and below it."""
    equations: tuple[str, ...] = ()
    """LaTeX, where there is nothing else in it."""


def read_paragraphs(shape: Shape, backdrop: Backdrop, default: Element | None) -> list[Paragraph]:
    """All of them, empty ones too (they take room), those at the end left out."""
    written = paragraphs_of(shape.element.find("p:txBody", NAMESPACES))
    counter = Counter()
    bulleted = _falls_back_to_bullets(shape, written)
    read = [_paragraph(element, shape, backdrop, default, counter, bulleted=bulleted) for element in written]
    while read and not read[-1].text:
        read.pop()
    return read


def _paragraph(
    element: Element,
    shape: Shape,
    backdrop: Backdrop,
    default: Element | None,
    counter: Counter,
    *,
    bulleted: bool,
) -> Paragraph:
    own = element.find("a:pPr", NAMESPACES)
    level = min(max(0, whole(own, "lvl")), _DEEPEST) if own is not None else 0
    inherited = level_styles(shape.element, shape.placeholder, backdrop, default, level)
    styles = [own, *inherited] if own is not None else inherited
    text = paragraph_text(element)
    bullet, decided = bullet_of(styles)
    if not decided and bulleted:
        bullet = Bullet(ordered=False, text="•")
    marker = counter.marker(bullet, level) if text else ""
    size = _size(element, styles)
    return Paragraph(
        text,
        level,
        bullet,
        marker,
        size,
        _LINE * _spacing(styles, "a:lnSpc", size) / size if _has(styles, "a:lnSpc") else _LINE,
        _spacing(styles, "a:spcBef", size) + _spacing(styles, "a:spcAft", size),
        tuple(equations_of(element)),
    )


def _has(styles: list[Element], name: str) -> bool:
    return any(style.find(name, NAMESPACES) is not None for style in styles)


def _spacing(styles: list[Element], name: str, size: float) -> float:
    """In points, from the nearest style that says; shares are of the size of type."""
    found = next((one for style in styles if (one := style.find(name, NAMESPACES)) is not None), None)
    if found is None:
        return 0.0
    share, points = found.find("a:spcPct", NAMESPACES), found.find("a:spcPts", NAMESPACES)
    if share is not None:
        return size * min(5.0, max(0.0, whole(share, "val") / 100_000))
    return min(200.0, max(0.0, whole(points, "val") / 100)) if points is not None else 0.0


def _falls_back_to_bullets(shape: Shape, written: list[Element]) -> bool:
    """Where no style says anything, several paragraphs of a body are a list, as in every stock template."""
    is_body = shape.placeholder is not None and shape.placeholder.type in _BODIES
    return is_body and sum(1 for element in written if paragraph_text(element)) > 1


def _size(element: Element, styles: list[Element]) -> float:
    """Of the first run that says, else as inherited."""
    runs = [*element.iterfind("a:r/a:rPr", NAMESPACES), *element.iterfind("a:endParaRPr", NAMESPACES)]
    inherited = [found for style in styles for found in style.iterfind("a:defRPr", NAMESPACES)]
    sizes = (whole(found, "sz") for found in [*runs[:1], *inherited])
    return next((size / 100 for size in sizes if size > 0), _DEFAULT_SIZE_PT)
