"""Hostile and damaged Office packages are refused by name, before they cost memory."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.xml import tag, to_tree
from octavo.adapters.readers.sniff import XLSX, ZIP, media_type_of
from octavo.adapters.readers.table import inspect_source
from octavo.domain.errors import DocumentEncrypted, DocumentTooLarge, UnreadableDocument
from octavo.ports.readers import Limits

RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ROOT_TIES = (
    f'<Relationships xmlns="{RELS}">'
    f'<Relationship Id="rId1" Type="{OFFICE_RELS}/officeDocument" Target="word/document.xml"/></Relationships>'
)
DOCUMENT = f'<w:document xmlns:w="{W}"><w:body><w:p/><w:p/></w:body></w:document>'


def package_file(path: Path, **parts: str | bytes) -> Path:
    """A package of `parts`, by name, beside a root relationship."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", ROOT_TIES)
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def ties(*rows: str) -> str:
    return f'<Relationships xmlns="{RELS}">{"".join(rows)}</Relationships>'


def tie(identity: str, target: str, mode: str = "") -> str:
    return f'<Relationship Id="{identity}" Type="{OFFICE_RELS}/image" Target="{target}" {mode}/>'


def test_parts_are_found_by_relationship_and_whatever_their_case(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {
        "Word\\Document.xml": DOCUMENT,
        "word/_rels/document.xml.rels": ties(tie("a", "../media/one.png"), tie("b", "/media/one.png")),
        "media/one.png": b"picture",
    }

    with Package(package_file(tmp_path / "x.docx", **parts), Limits()) as package:
        main = package.main_part()
        targets = [package.target(main, identity) for identity in ("a", "b", "c")]

        assert main == "word/document.xml"
        assert targets == ["media/one.png", "media/one.png", None]
        assert [element.tag for element in package.tree(main)[0]] == [tag("w:p"), tag("w:p")]


def test_targets_outside_the_package_lead_nowhere(tmp_path: Path) -> None:
    rows = [
        tie("up", "../../../etc/passwd"),
        tie("file", "file:///etc/passwd", 'TargetMode="External"'),
        tie("web", "http://192.0.2.1/spy.png", 'TargetMode="External"'),
    ]
    parts = {
        "word/document.xml": DOCUMENT,
        "word/_rels/document.xml.rels": ties(*rows),
        "../../../etc/passwd": "root",
    }

    with Package(package_file(tmp_path / "x.docx", **parts), Limits()) as package:
        assert [package.target("word/document.xml", identity) for identity in ("up", "file", "web")] == [
            None
        ] * 3
        assert "../../../etc/passwd" not in package
        assert package.relationships("word/document.xml")["web"].address == "http://192.0.2.1/spy.png"


@pytest.mark.parametrize(
    "mark", ['<!DOCTYPE w [<!ENTITY a "aaaa">]>', "<!DOCTYPE w SYSTEM 'file:///etc/passwd'>"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_that_declares_entities_is_refused(tmp_path: Path, mark: str, encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{mark}<w>hi</w>'.encode(encoding)
    path = package_file(tmp_path / "x.docx", **{"word/document.xml": content})

    with Package(path, Limits()) as package:
        with pytest.raises(UnreadableDocument, match="declares entities"):
            package.tree("word/document.xml")
        with pytest.raises(UnreadableDocument, match="declares entities"):
            list(package.stream("word/document.xml", "w:p"))


def test_a_strict_file_is_read_by_the_usual_names(tmp_path: Path) -> None:
    strict = DOCUMENT.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    path = package_file(tmp_path / "x.docx", **{"word/document.xml": strict})

    with Package(path, Limits()) as package:
        assert package.tree("word/document.xml").tag == tag("w:document")
        assert len(list(package.stream("word/document.xml", "w:p"))) == 2


def test_a_streamed_part_keeps_nothing_it_handed_out(tmp_path: Path) -> None:
    document = f'<w:document xmlns:w="{W}">' + f"<w:p>{'text' * 1000}</w:p>" * 1000 + "</w:document>"
    path = package_file(tmp_path / "x.docx", **{"word/document.xml": document})

    with Package(path, Limits()) as package:
        kept = [
            0 if (parent := p.getparent()) is None else len(parent)
            for p in package.stream("word/document.xml", "w:p")
        ]

    assert len(kept) == 1000
    assert max(kept) < 50, "only what was parsed ahead"


def test_a_bomb_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    path = package_file(tmp_path / "x.docx", **{"word/document.xml": b"\0" * (65 * 2**20)})

    with pytest.raises(DocumentTooLarge, match="unpacks to far more than it holds"):
        Package(path, Limits())
    with pytest.raises(DocumentTooLarge, match="unpacks to far more than is read"):
        Package(path, Limits(max_unpacked_bytes=2**20))


def test_a_part_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = package_file(tmp_path / "x.docx", **{"word/document.xml": DOCUMENT + " " * 5000})
    content = path.read_bytes()
    size = struct.pack("<L", len(DOCUMENT) + 5000)
    path.write_bytes(content.replace(size, struct.pack("<L", 40)))

    with Package(path, Limits()) as package, pytest.raises(UnreadableDocument, match="damaged"):
        package.tree("word/document.xml")


def test_a_huge_list_of_entries_is_refused_before_it_is_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", "b")
    content = bytearray(packed.getvalue())
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 16] = struct.pack("<L", 20 * 2**20)

    with pytest.raises(DocumentTooLarge, match="far more parts"):
        Package(io.BytesIO(content), Limits())


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_file_cut_off_says_what_to_do(tmp_path: Path, keep: float) -> None:
    path = package_file(tmp_path / "x.docx", **{"word/document.xml": DOCUMENT * 1})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])

    with pytest.raises(UnreadableDocument, match="save it again"):
        Package(path, Limits())


def test_an_archive_that_is_a_locked_file_in_memory_is_called_encrypted() -> None:
    with pytest.raises(DocumentEncrypted, match="password"):
        Package(io.BytesIO(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600), Limits())


def test_xml_that_breaks_off_is_damaged() -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        to_tree(b"<w:document><w:body>")


def test_a_part_that_is_missing_is_damage_and_a_list_of_ties_is_not(tmp_path: Path) -> None:
    with Package(package_file(tmp_path / "x.docx", other="x"), Limits()) as package:
        assert package.relationships("other") == {}
        with pytest.raises(UnreadableDocument, match="damaged"):
            package.main_part()


def test_an_office_file_cut_off_is_damaged_and_no_mere_archive(tmp_path: Path) -> None:
    path = package_file(tmp_path / "x", **{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "x" * 5000})
    path.write_bytes(path.read_bytes()[:-60])

    assert media_type_of(path) == XLSX
    with pytest.raises(UnreadableDocument, match="save it again"):
        inspect_source(path)


def test_damage_in_the_list_of_content_types_is_survived(tmp_path: Path) -> None:
    path = package_file(tmp_path / "x", **{"[Content_Types].xml": "<Types/>" * 200})
    content = bytearray(path.read_bytes())
    at = content.index(b"[Content_Types].xml") + len("[Content_Types].xml")
    content[at : at + 8] = b"\xff" * 8
    path.write_bytes(content)

    assert media_type_of(path) == ZIP
