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
_DEEPEST = 8
_BODIES = {"body", "obj"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    level: int
    bullet: Bullet | None
    marker: str
    size_pt: float
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
    return Paragraph(text, level, bullet, marker, _size(element, styles), tuple(equations_of(element)))


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
