"""A page from top to bottom, block after block.  Start reading here."""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.html.line import Line, drawing_draft, equation, image_draft
from octavo.adapters.readers.html.lists import LISTS, list_drafts
from octavo.adapters.readers.html.nodes import INLINE, attribute, classes, is_text, shown_children
from octavo.adapters.readers.html.tables import is_layout, layout_cells, table_drafts
from octavo.domain.document import BlockType
from octavo.ports.readers import Limits

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LANGUAGE = re.compile(r"(?:language|lang|highlight(?:-source)?|brush:?|sourcecode)[-: ]([\w+#.-]+)")
_CALLOUT = re.compile(r"\b(note|tip|warning|important|caution)\b")
_CALLOUT_BOXES = frozenset(
    {"admonition", "callout", "alert", "markdown-alert", "notice", "message", "rst-note"}
)
_INSIDE_BLOCKS = "h1,h2,h3,h4,h5,h6,ul,ol,dl,table,pre,figure,blockquote,math[display=block]"
_CAPTIONED = frozenset(
    {BlockType.IMAGE, BlockType.TABLE, BlockType.CODE, BlockType.FORMULA, BlockType.DIAGRAM}
)
_DISPLAY = re.compile(r"mode\s*=\s*display")


class Walker:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._line = Line(limits)
        self.drafts: list[Draft] = []
        self._blocks: dict[str, Callable[[LexborNode], None]] = {
            **dict.fromkeys(_HEADINGS, self._heading),
            **dict.fromkeys((*LISTS, "dl"), self._list),
            "table": self._table,
            "pre": self._code,
            "listing": self._code,
            "blockquote": self._quote,
            "figure": self._figure,
            "header": self._header,
            "footer": self._footer,
            "nav": self._navigation,
            "hr": lambda _: self._flush(),
        }

    def walk(self, node: LexborNode) -> list[Draft]:
        """All blocks inside an element."""
        self._children(node)
        self._flush()
        return self.drafts

    def _children(self, node: LexborNode) -> None:
        for child in shown_children(node):
            self._visit(child)

    def _visit(self, node: LexborNode) -> None:
        name = node.tag or ""
        if name in self._blocks:
            self._flush()
            self._blocks[name](node)
        elif name == "img":
            self._image(node)
        elif name == "svg":
            self._drawing(node)
        elif name in {"math", "script"}:
            self._equation(node)
        elif is_text(node) or name in {"br", "input", "select", "textarea", "q"}:
            self._line.add(node)
        elif name in INLINE:
            self._inline(node)
        else:
            self._block(node)

    def _inline(self, node: LexborNode) -> None:
        """A link or span may hold whole blocks."""
        if (
            node.css_first(_INSIDE_BLOCKS + ",p,div,section") is None
            and node.css_first("img,svg,math") is None
        ):
            self._line.add(node)
        else:
            self._children(node)

    def _block(self, node: LexborNode) -> None:
        self._flush()
        kind = _callout_kind(node)
        if kind is not None and node.css_first(_INSIDE_BLOCKS) is None:
            self._callout(node, kind)
            return
        self._children(node)
        self._flush()

    def _flush(self) -> None:
        line, self._line = self._line, Line(self._limits)
        if line.formulas and not line.words:
            for latex, characters in line.equations:
                self._add_formula(latex, characters)
        elif line.text:
            body = {"formulas": line.formulas} if line.formulas else {}
            self.drafts.append(Draft(BlockType.PARAGRAPH, line.text, body=body))
        self.drafts.extend(line.others)

    def _heading(self, node: LexborNode) -> None:
        line = self._read(node)
        if line.text:
            body = {"formulas": line.formulas} if line.formulas else {}
            self.drafts.append(
                Draft(BlockType.HEADING, line.text, level=_HEADINGS[node.tag or "h1"], body=body)
            )
        self.drafts.extend(line.others)

    def _list(self, node: LexborNode) -> None:
        self.drafts.extend(list_drafts(node, self._limits, self._blocks_of))

    def _blocks_of(self, node: LexborNode) -> list[Draft]:
        """Of one element and what is in it."""
        walker = Walker(self._limits)
        walker._visit(node)
        walker._flush()
        return walker.drafts

    def _table(self, node: LexborNode) -> None:
        if not is_layout(node):
            self.drafts.extend(table_drafts(node, self._limits))
            return
        for cell in layout_cells(node):
            self._children(cell)
            self._flush()

    def _code(self, node: LexborNode) -> None:
        text = "\n".join(line.rstrip() for line in _preformatted(node).strip("\r\n").split("\n"))
        if not text.strip():
            return
        language = _language(node)
        self.drafts.append(
            Draft(BlockType.CODE, text.rstrip(), body={"language": language} if language else {})
        )

    def _quote(self, node: LexborNode) -> None:
        """One that holds headings or tables is walked: a quotation is only text."""
        if any(found.mem_id != node.mem_id for found in node.css(_INSIDE_BLOCKS)):
            self._children(node)
            self._flush()
        else:
            self._callout(node, "quote")

    def _callout(self, node: LexborNode, kind: str) -> None:
        title = node.css_first(".admonition-title,.alert-title,.markdown-alert-title,.callout-title")
        body = {"kind": kind}
        if title is not None:
            body["title"] = self._read(title).text
        line = self._read(node)
        text = line.text
        if body.get("title"):
            text = text.removeprefix(body["title"]).lstrip(" \n:")
        if text or body.get("title"):
            self.drafts.append(Draft(BlockType.CALLOUT, text or body["title"], body=body))
        self.drafts.extend(line.others)

    def _figure(self, node: LexborNode) -> None:
        """The caption belongs to the first thing in it."""
        at = len(self.drafts)
        captions = [child for child in shown_children(node) if child.tag == "figcaption"]
        for child in shown_children(node):
            if child.tag != "figcaption":
                self._visit(child)
        self._flush()
        inside = next((draft for draft in self.drafts[at:] if draft.type in _CAPTIONED), None)
        for one in captions:
            text = self._read(one).text
            if text:
                self.drafts.append(Draft(BlockType.CAPTION, text, caption_of=inside))
                inside = None

    def _image(self, node: LexborNode) -> None:
        """In a line it follows its paragraph."""
        found = image_draft(node, self._limits)
        if found is not None:
            self._line.others.append(found)

    def _drawing(self, node: LexborNode) -> None:
        found = drawing_draft(node)
        if found is not None:
            self._line.others.append(found)

    def _equation(self, node: LexborNode) -> None:
        shown = attribute(node, "display") == "block" or _DISPLAY.search(attribute(node, "type")) is not None
        if not shown:
            self._line.add(node)
            return
        self._flush()
        self._add_formula(*equation(node))

    def _add_formula(self, latex: str, characters: str) -> None:
        if latex:
            self.drafts.append(Draft(BlockType.FORMULA, characters, body={"latex": latex, "display": True}))

    def _header(self, node: LexborNode) -> None:
        self._edge(node, BlockType.PAGE_HEADER)

    def _footer(self, node: LexborNode) -> None:
        self._edge(node, BlockType.PAGE_FOOTER)

    def _edge(self, node: LexborNode, type_: BlockType) -> None:
        """Of the whole page; one that holds a heading or a table, or is part of an article, is text like any other."""
        parent = node.parent
        if parent is None or parent.tag != "body" or node.css_first("h1,h2,h3,table,pre") is not None:
            self._children(node)
            self._flush()
            return
        text = self._read(node).text
        if text:
            self.drafts.append(Draft(type_, text))

    def _navigation(self, node: LexborNode) -> None:
        """Links one after another are a list, too."""
        links = node.css("a")
        if node.css_first("ul,ol,dl,table") is not None or len(links) < 2:
            self._children(node)
            self._flush()
            return
        texts = [text for link in links if (text := self._read(link).text)]
        items = [{"text": text, "level": 0, "marker": "•"} for text in texts]
        if items:
            self.drafts.append(
                Draft(BlockType.LIST, "\n".join(texts), body={"ordered": False, "items": items})
            )

    def _read(self, node: LexborNode) -> Line:
        line = Line(self._limits)
        line.add_children(node)
        return line


def _callout_kind(node: LexborNode) -> str | None:
    named = classes(node)
    if not named & _CALLOUT_BOXES and node.tag != "aside":
        return None
    match = _CALLOUT.search(" ".join(named).replace("-", " "))
    return match[1] if match else None


def _preformatted(node: LexborNode) -> str:
    pieces = []
    for child in shown_children(node):
        if is_text(child):
            pieces.append(child.text_content or "")
        else:
            pieces.append("\n" if child.tag == "br" else _preformatted(child))
    return "".join(pieces).replace("\r\n", "\n").replace("\r", "\n")


def _language(node: LexborNode) -> str | None:
    """As highlighters name it, at the block, at the code in it or at the boxes around it."""
    around = [node, *node.css("code"), *([node.parent] if node.parent else [])]
    if node.parent is not None and node.parent.parent is not None:
        around.append(node.parent.parent)
    for one in around:
        match = _LANGUAGE.search(attribute(one, "class").lower())
        if match and match[1] not in {"none", "plain", "plaintext", "text", "default"}:
            return match[1]
    return None
