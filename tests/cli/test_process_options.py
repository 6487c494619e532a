"""`octavo process`: which documents, which formats, which names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.cli.process.inputs import Document, Wanted, find_documents, parse_formats, result_path
from octavo.domain.errors import InvalidRequest
from tests.cli.conftest import Octavo


def _files(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_a_folder_stands_for_the_documents_below_it(tmp_path: Path) -> None:
    _files(tmp_path, "b.PDF", "deep/a.tif", "notes.txt", ".hidden.pdf", ".cache/c.pdf")

    found = find_documents([str(tmp_path)])

    assert [document.path.name for document in found] == ["b.PDF", "a.tif"]


def test_a_file_that_is_named_is_taken_whatever_its_name(tmp_path: Path) -> None:
    _files(tmp_path, "scan.xyz")

    assert [document.path.name for document in find_documents([str(tmp_path / "scan.xyz")])] == ["scan.xyz"]


def test_a_pattern_that_the_shell_left_alone_is_expanded(tmp_path: Path) -> None:
    _files(tmp_path, "a1.pdf", "a2.pdf", "b.pdf")

    found = find_documents([str(tmp_path / "a*.pdf")])

    assert [document.path.name for document in found] == ["a1.pdf", "a2.pdf"]


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"There is no file .nowhere\.pdf."):
        find_documents(["nowhere.pdf"])


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="no document"):
        find_documents([str(tmp_path)])


def test_a_document_named_twice_is_read_once(tmp_path: Path) -> None:
    _files(tmp_path, "a.pdf")

    assert len(find_documents([str(tmp_path / "a.pdf"), str(tmp_path / "*.pdf")])) == 1


def test_equal_stems_do_not_overwrite_each_other(tmp_path: Path) -> None:
    _files(tmp_path, "x/a.pdf", "y/a.pdf", "y/A.png", "z/a-2.pdf")

    found = find_documents([str(tmp_path / name) for name in ("x/a.pdf", "y/a.pdf", "y/A.png", "z/a-2.pdf")])

    assert [document.stem for document in found] == ["a", "a-2", "A-3", "a-2-2"]


@given(st.lists(st.sampled_from(["a", "A", "a-2", "a-2-2", "b"]), min_size=1, max_size=12))
def test_results_never_share_a_file(names: list[str]) -> None:
    from octavo.cli.process.inputs import _distinct

    stems = _distinct([Path(f"{index}/{name}.pdf") for index, name in enumerate(names)])

    assert len({stem.casefold() for stem in stems}) == len(names)


@pytest.mark.parametrize(
    ("format_", "name"), [("json", "a.b.json"), ("markdown", "a.b.md"), ("text", "a.b.txt")]
)
def test_a_result_is_named_after_its_document_and_format(format_: str, name: str) -> None:
    document = Document(Path("in/a.b.pdf"), "a.b")

    assert result_path(document, Wanted(format_, {}), Path("out")) == Path("out") / name


def test_formats_are_read_with_commas_and_each_once() -> None:
    assert [wanted.format for wanted in parse_formats("text, JSON,text")] == ["text", "json"]


def test_a_format_takes_its_options_with_it() -> None:
    [wanted] = parse_formats("json+images=inline")

    assert wanted == Wanted("json", {"images": "inline"})
    with pytest.raises(InvalidRequest, match="may be url, inline, none"):
        parse_formats("json+images=all")


def test_a_result_is_not_written_over_a_document(
    octavo: Octavo, tmp_path: Path, clean_environment: Path
) -> None:
    _files(tmp_path, "letter.pdf")

    ran = octavo("process", str(tmp_path / "letter.pdf"), "--to", "json,pdf", "--out", str(tmp_path))

    assert ran.status == 2
    assert "would replace a document. Choose another --out." in ran.errors
    assert not clean_environment.exists()


@pytest.mark.parametrize("text", ["", ",", "papyrus", "json,papyrus"])
def test_an_unknown_format_is_refused_with_the_ones_there_are(text: str) -> None:
    with pytest.raises(InvalidRequest, match="Formats: json, markdown, "):
        parse_formats(text)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--pages", "3-1"], "pages start at 1 and go up"),
        (["--to", "papyrus"], "There is no format 'papyrus'"),
        (["--priority", "now"], "There is no priority 'now'"),
        (["--server", "http://127.0.0.1:9"], "give --api-key"),
    ],
)
def test_a_wrong_option_is_said_before_anything_is_started(
    options: list[str], reason: str, octavo: Octavo, tmp_path: Path, clean_environment: Path
) -> None:
    _files(tmp_path, "a.pdf")

    ran = octavo("process", str(tmp_path / "a.pdf"), "--out", str(tmp_path / "out"), *options)

    assert ran.status == 2
    assert reason in ran.errors
    assert not clean_environment.exists()
