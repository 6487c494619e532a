"""The axes of a chart, named by where they are drawn."""

from typing import Any

from octavo.adapters.readers.office.rich_text import plain_text
from octavo.adapters.readers.office.xml import NAMESPACES, Element, local

_AXES = {"catAx", "valAx", "dateAx", "serAx"}
_SIDES = {"b": "x_axis", "t": "x_axis", "l": "y_axis", "r": "y_axis"}


def plot_sides(plots: list[Element]) -> set[str]:
    """The ids of the axes that the first plot uses: any other pair is secondary."""
    return {axis.get("val", "") for axis in plots[0].findall("c:axId", NAMESPACES)} if plots else set()


def axes_of(area: Element, primary: set[str]) -> dict[str, dict[str, Any]]:
    """`title`, `min` and `max` of each side, as far as the file says; axes that are switched off say nothing."""
    axes: dict[str, dict[str, Any]] = {}
    for element in area:
        if local(element) not in _AXES or _value(element, "c:delete") in {"1", "true"}:
            continue
        side = _SIDES.get(_value(element, "c:axPos"), "")
        identity = _value(element, "c:axId")
        if not side or local(element) == "serAx":
            continue
        name = side if identity in primary or not primary else f"secondary_{side}"
        said = _said(element)
        if said and name not in axes:
            axes[name] = said
    return axes


def _said(element: Element) -> dict[str, Any]:
    said: dict[str, Any] = {}
    title = element.find("c:title", NAMESPACES)
    text = plain_text(title.find("c:tx/c:rich", NAMESPACES)) if title is not None else ""
    cached = title.find("c:tx/c:strRef/c:strCache/c:pt/c:v", NAMESPACES) if title is not None else None
    if not text and cached is not None:
        text = (cached.text or "").strip()
    if text:
        said["title"] = text
    for name in ("min", "max"):
        number = _number(_value(element, f"c:scaling/c:{name}"))
        if number is not None:
            said[name] = number
    return said


def _value(element: Element, path: str) -> str:
    found = element.find(path, NAMESPACES)
    return found.get("val", "") if found is not None else ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
