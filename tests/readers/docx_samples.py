"""Word documents made for one question each."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from octavo.adapters.readers.docx.reader import DocxKind, DocxReader
from octavo.adapters.readers.office.xml import NAMESPACES
from octavo.domain.document import Block
from octavo.ports.readers import Limits, NativePage

_OFFICE = "http://schemas.openxmlformats.org"
_TIES = f"{_OFFICE}/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My chapter"/><w:basedOn w:val="Heading2"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Intense Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Warning"><w:name w:val="Warning"/></w:style>
<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="paragraph" w:styleId="Bullets"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC2"><w:name w:val="toc 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Striped"><w:name w:val="Striped"/><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
"""


def level(at: int, form: str, pattern: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "%2)")
    + level(2, "lowerRoman", "%1.%2.%3")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + level(1, "bullet", "o")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def r(text: str, properties: str = "") -> str:
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str, style: str = "", more: str = "") -> str:
    """A paragraph; what does not begin with `<` is a run of its own."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = inside if inside.startswith("<") else r(inside)
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{runs if inside else ''}</w:p>"


def item(text: str, num_id: int = 1, at: int = 0, more: str = "") -> str:
    return p(text, more=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num_id}"/></w:numPr>{more}')


def tc(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else p(inside)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    made = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def tbl(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def drawing(inside: str, alt: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData>{inside}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


PICTURE = '<pic:pic><pic:blipFill><a:blip r:embed="rIdimage.png"/></pic:blipFill></pic:pic>'


def png(width: int = 4, height: int = 3) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(made, "PNG")
    return made.getvalue()


def xml(root: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_DECLARED}>{inside}</{root}>'


def docx(path: Path, body: str, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """A document; each of `parts` is tied to the text by `rId` + its name, its kind told by the name's start."""
    parts = {
        "styles.xml": xml("w:styles", STYLES),
        "numbering.xml": xml("w:numbering", NUMBERING),
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _content_types())
        archive.writestr("_rels/.rels", _ties({"officeDocument": "word/document.xml"}))
        archive.writestr("word/document.xml", xml("w:document", f"<w:body>{body}</w:body>"))
        ties = "".join(
            f'<Relationship Id="rId{name}" Type="{_TIES}/{name.split(".")[0].rstrip("0123456789")}" Target="{name}"/>'
            for name in parts
        )
        archive.writestr("word/_rels/document.xml.rels", _relationships(ties))
        for name, content in parts.items():
            archive.writestr(f"word/{name}", content)
    return path


def _content_types() -> str:
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
    )


def _ties(targets: Mapping[str, str]) -> str:
    return _relationships(
        "".join(
            f'<Relationship Id="r{kind}" Type="{_TIES}/{kind}" Target="{target}"/>'
            for kind, target in targets.items()
        )
    )


def _relationships(inside: str) -> str:
    return f'<?xml version="1.0"?><Relationships xmlns="{_OFFICE}/package/2006/relationships">{inside}</Relationships>'


def opened(path: Path, limits: Limits | None = None) -> DocxReader:
    return DocxKind().open(path, password=None, limits=limits or Limits())


def pages(path: Path, body: str, parts: Mapping[str, str | bytes] | None = None) -> list[NativePage]:
    reader = opened(docx(path / "made.docx", body, parts))
    try:
        return [reader.load(number) for number in range(1, reader.page_count + 1)]
    finally:
        reader.close()


def blocks(path: Path, body: str, parts: Mapping[str, str | bytes] | None = None) -> list[Block]:
    """Of a document that is one page."""
    (page,) = pages(path, body, parts)
    return list(page.blocks)
