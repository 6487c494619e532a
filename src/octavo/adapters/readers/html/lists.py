"""Lists: nested ones flattened with their levels, markers counted as browsers count."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborNode

from octavo.adapters.readers.docx.counting import spelled
from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.html.line import Line
from octavo.adapters.readers.html.nodes import attribute, has, is_text, shown_children, whole_number
from octavo.domain.document import BlockType
from octavo.ports.readers import Limits

LISTS = frozenset({"ul", "ol", "menu", "dir"})
_APART = frozenset({"table", "pre", "figure", "blockquote"})
"""What stands in an entry and is no text: it follows the list as a block of its own."""
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BULLETS = "•◦▪"
_DEEPEST = 20


@dataclass(slots=True)
class _Gathered:
    limits: Limits
    items: list[dict[str, Any]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    others: list[Draft] = field(default_factory=list)
    apart: list[LexborNode] = field(default_factory=list)


def list_drafts(node: LexborNode, limits: Limits, walk: Callable[[LexborNode], list[Draft]]) -> list[Draft]:
    """The list, and behind it what is in it but no text; `walk` makes the blocks of an element."""
    gathered = _Gathered(limits)
    if node.tag == "dl":
        _add_definitions(node, 0, gathered)
    else:
        _add_list(node, 0, gathered)
    behind = [*gathered.others, *(draft for one in gathered.apart for draft in walk(one))]
    if not gathered.items:
        return behind
    body: dict[str, Any] = {"ordered": node.tag == "ol", "items": gathered.items}
    if gathered.formulas:
        body["formulas"] = gathered.formulas
    text = "\n".join(item["text"] for item in gathered.items)
    return [Draft(BlockType.LIST, text, body=body), *behind]


def _add_list(node: LexborNode, level: int, gathered: _Gathered) -> None:
    level = min(level, _DEEPEST)
    entries = [child for child in node.iter() if child.tag == "li"]
    step = -1 if has(node, "reversed") else 1
    start = whole_number(attribute(node, "start"))
    count = (len(entries) if step < 0 else 1) if start is None else start
    for child in shown_children(node):
        if child.tag == "li":
            told = whole_number(attribute(child, "value"))
            count = count if told is None else told
            _add_entry(child, _marker(node, count, level), level, gathered)
            count += step
        elif child.tag in LISTS:
            _add_list(child, level + 1, gathered)


def _marker(node: LexborNode, count: int, level: int) -> str:
    if node.tag != "ol":
        return _BULLETS[min(level, len(_BULLETS) - 1)]
    return f"{spelled(count, _FORMS.get(attribute(node, 'type'), 'decimal'))}."


def _add_entry(node: LexborNode, marker: str, level: int, gathered: _Gathered) -> None:
    """Its text up to and behind the lists in it; those follow as entries of the next level."""
    line = Line(gathered.limits)
    at = len(gathered.items)
    _collect(node, line, level, gathered)
    item: dict[str, Any] = {"text": line.text, "level": level, "marker": marker}
    if line.checked is not None:
        item["text"] = line.text.removeprefix("☒").removeprefix("☐").lstrip()
        item["checked"] = line.checked
    if item["text"]:
        gathered.items.insert(at, item)
    gathered.formulas.extend(line.formulas)
    gathered.others.extend(line.others)


def _collect(node: LexborNode, line: Line, level: int, gathered: _Gathered) -> None:
    for child in shown_children(node):
        if child.tag in LISTS:
            _add_list(child, level + 1, gathered)
        elif child.tag == "dl":
            _add_definitions(child, level + 1, gathered)
        elif child.tag in _APART:
            gathered.apart.append(child)
        elif is_text(child) or child.css_first("ul,ol,dl,table,pre,figure,blockquote") is None:
            line.add(child)
        else:
            line.pieces.append("\n" if line.words else "")
            _collect(child, line, level, gathered)


def _add_definitions(node: LexborNode, level: int, gathered: _Gathered) -> None:
    """Terms, and what is said of them one level deeper."""
    for child in shown_children(node):
        if child.tag == "dt":
            _add_entry(child, "", min(level, _DEEPEST), gathered)
        elif child.tag == "dd":
            _add_entry(child, "", min(level + 1, _DEEPEST), gathered)
        elif child.tag == "div":
            _add_definitions(child, level, gathered)
