"""XML files inside PDFs: found by both ways there are, bounded, and never more than that."""

import zlib
from pathlib import Path

import pikepdf

from octavo.adapters.readers.pdf.attachments import LARGEST_BYTES, read_attachments

XML = b'<?xml version="1.0"?><Invoice/>'


def saved(document: pikepdf.Pdf, folder: Path, **options: object) -> Path:
    path = folder / "one.pdf"
    document.save(path, **options)  # type: ignore[arg-type]
    return path


def with_files(files: dict[str, bytes]) -> pikepdf.Pdf:
    document = pikepdf.new()
    document.add_blank_page()
    for name, content in files.items():
        document.attachments[name] = content
    return document


def specified(document: pikepdf.Pdf, name: str) -> pikepdf.AttachedFileSpec:
    return pikepdf.AttachedFileSpec(
        document, XML, filename=name, description="",
        mime_type="text/xml", creation_date="", mod_date="",
    )  # fmt: skip


def test_only_xml_is_taken(tmp_path: Path) -> None:
    path = saved(with_files({"factur-x.xml": XML, "photo.jpg": b"\xff\xd8", "terms.xml": b"plain"}), tmp_path)

    assert [(one.name, one.content) for one in read_attachments(path)] == [("factur-x.xml", XML)]


def test_associated_files_without_a_name_tree_are_found(tmp_path: Path) -> None:
    document = with_files({})
    specification = specified(document, "xrechnung.xml")
    document.Root["/AF"] = pikepdf.Array([specification.obj])

    assert [one.name for one in read_attachments(saved(document, tmp_path))] == ["xrechnung.xml"]


def test_what_unpacks_to_too_much_is_left_out(tmp_path: Path) -> None:
    document = with_files({"bomb.xml": XML})
    bomb = XML + b" " * (LARGEST_BYTES + 1)
    stream = pikepdf.Stream(document, zlib.compress(bomb), Filter=pikepdf.Name.FlateDecode)
    specification = specified(document, "bomb.xml").obj
    specification["/EF"] = pikepdf.Dictionary(
        F=document.make_indirect(stream), UF=document.make_indirect(stream)
    )
    document.Root["/Names"] = pikepdf.Dictionary()
    document.Root["/AF"] = pikepdf.Array([specification])

    assert read_attachments(saved(document, tmp_path, compress_streams=False)) == ()


def test_a_name_is_never_a_path(tmp_path: Path) -> None:
    path = saved(with_files({"../../evil.xml": XML}), tmp_path)

    taken = read_attachments(path)

    assert [one.content for one in taken] == [XML]
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_no_pdf_or_is_locked_has_none(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    locked = saved(with_files({"a.xml": XML}), tmp_path, encryption=pikepdf.Encryption(user="u", owner="o"))

    assert read_attachments(broken) == ()
    assert read_attachments(locked) == ()
    assert len(read_attachments(locked, password="u")) == 1
