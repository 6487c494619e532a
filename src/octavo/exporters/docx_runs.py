"""Paragraphs and runs of text as WordprocessingML."""

from octavo.exporters.markup import element, empty, text


def paragraph(runs: str, style: str | None = None, more: str = "") -> str:
    """`more` are properties that come behind the style."""
    properties = (empty("w:pStyle", {"w:val": style}) if style else "") + more
    return element("w:p", (element("w:pPr", properties) if properties else "") + runs)


def run(plain: str, properties: str = "") -> str:
    """Text with its line ends and tabs."""
    parts = []
    for at, line in enumerate(plain.split("\n")):
        parts += ["<w:br/>"] if at else []
        for position, piece in enumerate(line.split("\t")):
            parts += ["<w:tab/>"] if position else []
            for half, syllables in enumerate(piece.split("\u00ad")):
                parts += ["<w:softHyphen/>"] if half else []
                parts += [element("w:t", text(syllables), {"xml:space": "preserve"})] if syllables else []
    return element("w:r", (element("w:rPr", properties) if properties else "") + "".join(parts))


def raised(mark: str) -> str:
    return run(mark, empty("w:vertAlign", {"w:val": "superscript"}))
