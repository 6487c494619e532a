"""SVG drawings as pixels. The drawing itself is never handed on: it may carry scripts and addresses."""

import base64
import binascii
import io
import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote_to_bytes

from lxml import etree
from PIL import Image

from octavo.adapters.readers.image.opening import REFUSALS, quiet_pillow
from octavo.adapters.readers.office.aside import done_aside
from octavo.adapters.readers.office.xml import Element, local, to_tree
from octavo.domain.errors import OctavoError

LONGEST_PX = 1600
_SHORTEST_PX = 4
_LARGEST_BYTES = 8 * 2**20
_MOST_WORK = 50_000
"""Elements to draw, after all that is used again was put in its place."""
_WITHIN_S = 10
"""A blur over all of it takes two seconds."""
_LARGEST_PIXELS = 16_000_000
"""Of a picture in the drawing."""
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[\]<>]*>", re.IGNORECASE)
"""One without declarations of its own, as drawing programs write it."""
_LIVING = frozenset({"script", "foreignObject", "handler", "listener", "iframe", "audio", "video", "canvas"})
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
_FOREIGN = re.compile(r"@import|url\(\s*['\"]?\s*(?!['\"\s#])", re.IGNORECASE)
_INLINE = re.compile(r"\s*data:image/(?:png|jpe?g|gif)(?:;[\w=-]+)*?(;base64)?,", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([\d.]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|q)?\s*\Z", re.IGNORECASE)
_PX = {
    "px": 1.0,
    "": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "q": 96 / 101.6,
}
_UNKNOWN_PX = (300.0, 150.0)
"""What browsers take."""


def is_svg(content: bytes) -> bool:
    head = content[:65_536].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and re.search(rb"<(?:\w+:)?svg[\s>]", head) is not None


def svg_as_png(content: bytes) -> bytes | None:
    """Drawn without anything from outside it; None for what is damaged, or takes too much to draw."""
    if len(content) > _LARGEST_BYTES:
        return None
    try:
        root = to_tree(_DOCTYPE.sub(b"", content, count=1))
        if local(root) != "svg":
            return None
        _enclose(root)
        if _work_of(root) > _MOST_WORK:
            return None
        _resize(root)
    except (OctavoError, RecursionError):
        return None
    return done_aside(partial(_drawn, etree.tostring(root, encoding="unicode")), within_s=_WITHIN_S)


def _drawn(written: str) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=written, background="#ffffff"))


def _enclose(root: Element) -> None:
    """Without what runs, and without what stands elsewhere: files of this machine, addresses."""
    for element in list(root.iter(etree.Element)):
        name = local(element)
        parent = element.getparent()
        if parent is not None and (
            name in _LIVING or (name == "style" and _FOREIGN.search(element.text or ""))
        ):
            element.tail, tail = None, element.tail
            _keep_tail(element, parent, tail)
            parent.remove(element)
            continue
        for attribute, value in list(element.attrib.items()):
            if not _is_harmless(
                etree.QName(attribute).localname, str(value), is_picture=name in {"image", "feImage"}
            ):
                del element.attrib[attribute]


def _keep_tail(element: Element, parent: Element, tail: str | None) -> None:
    if not tail:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _is_harmless(name: str, value: str, *, is_picture: bool) -> bool:
    if name.lower().startswith("on"):
        return False
    if name != "href":
        return _FOREIGN.search(value) is None
    return value.strip().startswith("#") or (is_picture and _is_picture(value))


def _is_picture(address: str) -> bool:
    """Whether an address holds a picture of a kind and size that may be unpacked."""
    head = _INLINE.match(address)
    if head is None:
        return False
    raw = unquote_to_bytes(address[head.end() :])
    try:
        content = base64.b64decode(re.sub(rb"\s", b"", raw)) if head[1] else raw
        with quiet_pillow(), Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF")) as image:
            return 0 < image.width * image.height <= _LARGEST_PIXELS
    except (binascii.Error, *REFUSALS):
        return False


def _work_of(root: Element) -> int:
    """How much there is to draw where each reference draws its target again. Raises `RecursionError` in circles."""
    named = {element.get("id", ""): element for element in root.iter(etree.Element)}
    known: dict[str, int] = {}
    open_: set[str] = set()

    def work(element: Element) -> int:
        total = 1 + sum(work(child) for child in element.iterchildren(etree.Element))
        for target in _references(element):
            total += target_work(target)
        return total

    def target_work(name: str) -> int:
        if name in open_:
            raise RecursionError
        if name not in known:
            open_.add(name)
            known[name] = work(named[name]) if name in named else 0
            open_.discard(name)
        return known[name]

    return work(root)


def _references(element: Element) -> Iterator[str]:
    for attribute, raw in element.attrib.items():
        value = str(raw)
        if etree.QName(attribute).localname == "href":
            yield value.strip().removeprefix("#")
        else:
            yield from _REFERENCE.findall(value)


def _resize(root: Element) -> None:
    """As large as it says, twice that where it is small, and never larger than `LONGEST_PX`."""
    width, height = _size(root)
    if root.get("viewBox") is None:
        root.set("viewBox", f"0 0 {width:.3f} {height:.3f}")
    scale = min(2.0, LONGEST_PX / max(width, height))
    root.set("width", str(max(_SHORTEST_PX, round(width * scale))))
    root.set("height", str(max(_SHORTEST_PX, round(height * scale))))


def _size(root: Element) -> tuple[float, float]:
    """Pixels at 96 to the inch."""
    box = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))]
    usual = (box[2], box[3]) if len(box) == 4 and min(box[2:]) > 0 else _UNKNOWN_PX
    width, height = (_pixels(root.get(side, "")) for side in ("width", "height"))
    if width and height:
        return width, height
    if width:
        return width, width * usual[1] / usual[0]
    return (height * usual[0] / usual[1], height) if height else usual


def _pixels(length: str) -> float | None:
    found = _LENGTH.match(length)
    if found is None:
        return None
    try:
        return min(float(found[1]) * _PX[(found[2] or "").lower()], 1e6) or None
    except ValueError:
        return None
