"""Looking at elements of a page: what is never shown, what is hidden, what runs in a line."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

DROPPED = frozenset(
    {
        *(
            "script",
            "style",
            "template",
            "noscript",
            "head",
            "iframe",
            "frame",
            "frameset",
            "embed",
            "applet",
        ),
        *(
            "audio",
            "video",
            "source",
            "track",
            "map",
            "area",
            "link",
            "meta",
            "base",
            "title",
            "datalist",
            "param",
        ),
        *("rp", "rt", "col", "colgroup", "basefont", "bgsound", "wbr", "-comment", "!doctype"),
    }
)
"""With all that is in them."""
INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
        ),
        *(
            "ins",
            "kbd",
            "label",
            "mark",
            "nobr",
            "output",
            "q",
            "ruby",
            "rb",
            "s",
            "samp",
            "small",
            "span",
            "strike",
        ),
        *(
            "strong",
            "sub",
            "sup",
            "time",
            "tt",
            "u",
            "var",
            "picture",
            "button",
            "slot",
            "blink",
            "meter",
            "progress",
        ),
    }
)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_SHOWN_ANYWAY = re.compile(r"\bmwe-math-mathml-")
"""A wiki hides the equation and shows a picture of it."""
_COPIES = re.compile(
    r"\b(?:katex-html|mwe-math-fallback-image|MathJax_Preview|MathJax_SVG|MJX_Assistive_MathML)"
)
"""What is drawn for an equation that is in the page itself."""


def is_text(node: LexborNode) -> bool:
    return bool(node.tag == "-text")


def attribute(node: LexborNode, name: str) -> str:
    """Empty where it is missing or has no value."""
    return (node.attributes.get(name) or "").strip()


def has(node: LexborNode, name: str) -> bool:
    return name in node.attributes


def classes(node: LexborNode) -> frozenset[str]:
    return frozenset(attribute(node, "class").lower().split())


def shown_children(node: LexborNode) -> Iterator[LexborNode]:
    """Texts and elements that a reader of the page sees."""
    for child in node.iter(include_text=True):
        if is_text(child) or is_shown(child):
            yield child


def is_shown(node: LexborNode) -> bool:
    if node.tag in DROPPED:
        return node.tag == "script" and attribute(node, "type").lower().startswith("math/tex")
    named = attribute(node, "class")
    if named and _COPIES.search(named):
        return False
    if node.tag == "dialog" and not has(node, "open"):
        return False
    if node.tag == "input" and attribute(node, "type").lower() == "hidden":
        return False
    hidden = has(node, "hidden") or _HIDDEN_STYLE.search(attribute(node, "style")) is not None
    return not hidden or bool(named and _SHOWN_ANYWAY.search(named))


def whole_number(text: str) -> int | None:
    match = re.match(r"[+-]?\d{1,9}", text.strip())
    return int(match[0]) if match else None
