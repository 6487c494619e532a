"""Each kind of file in, every format out, over a real server: what is there, and what is refused in words."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from octavo.exporters.table import EXPORTERS
from tests.acceptance.documents import KINDS, WORDS, locked
from tests.acceptance.harness import Client, Server

WITHOUT_LAYOUT = {"pumps.docx", "pumps.xlsx", "pumps.html", "pumps.txt"}
LAID_OUT = {"pptx", "hocr", "alto", "page_xml"}
"""Formats that say where something stands."""
WITHOUT_TABLES = {"pumps.txt", "formula.png"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, write in KINDS.items():
        write(folder / name)
    return folder


@pytest.fixture(scope="module")
def jobs(client: Client, folder: Path) -> dict[str, str]:
    """The job of each kind, completed."""
    begun = {name: client.submit(folder / name)["id"] for name in KINDS}
    for name, id_ in begun.items():
        ended = client.finished(id_)
        assert (ended["status"], ended["progress"]["pages_failed"]) == ("completed", 0), (name, ended)
    return begun


def result(
    client: Client,
    id_: str,
    format_: str,
    options: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    params = {"format": format_, **(options or {})}
    return client.request("GET", f"/v1/jobs/{id_}/result", params=params, headers=headers or {})


def blocks_of(client: Client, id_: str) -> list[dict[str, Any]]:
    return [block for page in client.document(id_)["pages"] for block in page["blocks"]]


def choices(format_: str) -> Iterator[dict[str, str]]:
    """No options, and the values of each, one at a time; of many numbers the first and the last."""
    yield {}
    for name, values in EXPORTERS[format_].options.items():
        ends = {"table": ("1", values[-1]), "dpi": (values[0], values[-1])}
        yield from ({name: value} for value in ends.get(name, values))


def cannot_have(name: str, format_: str, options: dict[str, str]) -> bool:
    """What there is a reason to refuse."""
    if format_ == "png":
        return name not in {"pumps.pdf", "formula.png"}
    if format_ == "pdf":
        # The fonts of a PDF by this library are not embedded.
        return name not in {"pumps.pdf", "formula.png"} or (
            name == "pumps.pdf" and options.get("pdfa") == "2b"
        )
    if format_ == "csv" and options.get("table", "all") != "all":
        return options["table"] == "50" or name in WITHOUT_TABLES
    return format_ in LAID_OUT and name in WITHOUT_LAYOUT


def check_refusal(answer: httpx.Response, status: int = 400) -> None:
    problem = answer.json()
    assert answer.status_code == status, problem
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["code"] in {"invalid_request", "not_found", "document_encrypted", "engine_unavailable"}
    assert problem["detail"].endswith(".")
    assert " " in problem["detail"]


@pytest.mark.parametrize("format_", list(EXPORTERS))
@pytest.mark.parametrize("name", list(KINDS))
def test_a_document_leaves_in_every_format_it_can_have(
    client: Client, jobs: dict[str, str], name: str, format_: str
) -> None:
    exporter = EXPORTERS[format_]
    for options in choices(format_):
        answer = result(client, jobs[name], format_, options)
        if cannot_have(name, format_, options):
            check_refusal(answer)
            continue
        assert answer.status_code == 200, (options, answer.text)
        assert answer.headers["content-type"] == exporter.media_type
        stem = name.partition(".")[0]
        assert f'filename="{stem}{exporter.extension}"' in answer.headers["content-disposition"]
        unless = {"If-None-Match": answer.headers["etag"]}
        known = result(client, jobs[name], format_, options, unless)
        assert (known.status_code, known.content) == (304, b"")
        if answer.content:
            part = result(client, jobs[name], format_, options, {"Range": "bytes=0-9"})
            assert (part.status_code, part.content) == (206, answer.content[:10])


@pytest.mark.parametrize(
    "name", ["pumps.pptx", "pumps.docx", "pumps.xlsx", "pumps.html", "pumps.txt", "pumps.pdf"]
)
def test_what_is_written_in_a_document_is_in_its_results(
    client: Client, jobs: dict[str, str], name: str
) -> None:
    for format_ in ("json", "markdown", "text", "html", "xml", "chunks", "docling", "doctags"):
        assert WORDS in result(client, jobs[name], format_).text
    office = ["docx", "xlsx"] + (["pptx"] if name not in WITHOUT_LAYOUT else [])
    for format_ in office:
        with zipfile.ZipFile(BytesIO(result(client, jobs[name], format_).content)) as package:
            parts = b"".join(package.read(part) for part in package.namelist() if part.endswith(".xml"))
        if format_ != "xlsx" or name not in WITHOUT_TABLES:
            assert b"4800" in parts or name in WITHOUT_TABLES, (format_, name)


def test_a_table_is_the_same_from_every_kind(client: Client, jobs: dict[str, str]) -> None:
    for name in set(KINDS) - WITHOUT_TABLES:
        table = next(block for block in blocks_of(client, jobs[name]) if block["type"] == "table")
        assert table["headers"] == ["Pump", "Hours", "Litres"], name
        assert [row[0] for row in table["rows"]] == ["North", "South", "West"], name
        assert result(client, jobs[name], "csv", {"table": "1"}).text.splitlines()[1] == "North,120,4800", (
            name
        )


def test_native_charts_keep_their_numbers(client: Client, jobs: dict[str, str]) -> None:
    for name in ("pumps.pptx", "pumps.xlsx"):
        chart = next(block for block in blocks_of(client, jobs[name]) if block["type"] == "chart")
        assert chart["categories"] == ["North", "South", "West"], name
        assert chart["series"][0]["values"] == [120.0, 95.0, 40.0], name


def test_a_picture_of_a_formula_is_a_formula(client: Client, jobs: dict[str, str]) -> None:
    (block,) = blocks_of(client, jobs["formula.png"])

    assert block["type"] == "formula"
    assert block["latex"].startswith(r"\sum_{i=1}^{n}x_{i}^{2}=\frac")
    assert block["latex"] in result(client, jobs["formula.png"], "markdown").text


def test_every_picture_a_result_names_is_there(client: Client, jobs: dict[str, str]) -> None:
    for name in ("pumps.pptx", "pumps.docx", "pumps.pdf", "formula.png"):
        pictures = [block["image"] for block in blocks_of(client, jobs[name]) if block.get("image")]
        assert pictures, name
        for picture in pictures:
            answer = client.request("GET", picture["url"])
            assert (answer.status_code, answer.headers["content-type"]) == (200, picture["media_type"])
            with Image.open(BytesIO(answer.content)) as image:
                assert image.size == (picture["width_px"], picture["height_px"])
            again = client.request("GET", picture["url"], headers={"If-None-Match": answer.headers["etag"]})
            assert again.status_code == 304
    stranger = client.request("GET", f"/v1/jobs/{jobs['pumps.pdf']}/images/1-000000000000")
    check_refusal(stranger, 404)


def test_pictures_are_inside_or_left_out_as_asked(client: Client, jobs: dict[str, str]) -> None:
    for format_ in ("json", "markdown", "html", "xml", "docling"):
        inline = result(client, jobs["pumps.docx"], format_, {"images": "inline"}).text
        without = result(client, jobs["pumps.docx"], format_, {"images": "none"}).text
        assert "iVBORw0KGgo" in inline, format_
        assert "iVBORw0KGgo" not in without, format_
        assert "/images/" not in inline + without, format_


def test_a_page_is_shown_as_it_looks(client: Client, jobs: dict[str, str]) -> None:
    for format_, dpi in (("png", 48), ("jpeg", 150)):
        path = f"/v1/jobs/{jobs['pumps.pdf']}/pages/2/image"
        answer = client.request("GET", path, params={"format": format_, "dpi": str(dpi)})
        assert (answer.status_code, answer.headers["content-type"]) == (200, f"image/{format_}")
        with Image.open(BytesIO(answer.content)) as image:
            assert abs(image.width - 595.28 * dpi / 72) <= 1
    for name in ("pumps.docx", "pumps.pptx", "pumps.xlsx", "pumps.html", "pumps.txt"):
        check_refusal(client.request("GET", f"/v1/jobs/{jobs[name]}/pages/1/image"), 404)
    check_refusal(client.request("GET", f"/v1/jobs/{jobs['pumps.pdf']}/pages/3/image"), 404)


def test_the_profiles_do_what_they_say(client: Client, folder: Path) -> None:
    begun = {
        profile: client.submit(folder / "pumps.pdf", profile=profile)["id"]
        for profile in ("fast", "advanced")
    }
    for id_ in begun.values():
        assert client.finished(id_)["status"] == "completed"

    fast, advanced = (blocks_of(client, begun[profile]) for profile in ("fast", "advanced"))
    assert WORDS in fast[0]["text"]
    assert not [
        block for block in fast if block["type"] in {"chart", "diagram", "formula"} or block.get("image")
    ]
    (chart,) = (block for block in advanced if block["type"] == "chart")
    assert chart["chart_type"] == "column"
    assert chart["categories"] == ["North", "South", "West"]
    assert chart["series"][0]["values"] == pytest.approx([120, 95, 40], abs=2)


def test_a_selection_reads_those_slides_alone(client: Client, folder: Path) -> None:
    id_ = client.submit(folder / "pumps.pptx", pages="2")["id"]
    assert client.finished(id_)["status"] == "completed"

    (page,) = client.document(id_)["pages"]
    assert (page["page"], page["blocks"][0]["text"]) == (2, "Hours and litres")


@pytest.mark.parametrize("name", ["pumps.docx", "pumps.xlsx", "pumps.pptx"])
def test_a_locked_document_is_read_with_its_password(
    client: Client, folder: Path, tmp_path: Path, name: str
) -> None:
    sealed = tmp_path / name
    sealed.write_bytes(locked(folder / name, "open sesame"))
    for fields in ({}, {"password": "open barley"}):
        answer = client.request("POST", "/v1/jobs", files={"file": (name, sealed.read_bytes())}, data=fields)
        check_refusal(answer, 422)

    id_ = client.submit(sealed, password="open sesame")["id"]

    assert client.finished(id_)["status"] == "completed"
    assert WORDS in client.text(id_)


def test_an_engine_that_is_not_set_up_is_refused_at_once(client: Client, folder: Path) -> None:
    files = {"file": ("pumps.pdf", (folder / "pumps.pdf").read_bytes())}
    answer = client.request("POST", "/v1/jobs", files=files, data={"engine": "vision"})

    check_refusal(answer)
    assert "OCTAVO_VISION_URL" in answer.json()["detail"]


def test_a_purged_office_document_leaves_nothing(client: Client, folder: Path) -> None:
    id_ = client.submit(folder / "pumps.docx", bypass_cache="true")["id"]
    assert client.finished(id_)["status"] == "completed"
    picture = next(block["image"]["url"] for block in blocks_of(client, id_) if block.get("image"))

    assert client.request("POST", f"/v1/jobs/{id_}/purge").status_code == 200

    paths = [
        picture,
        *(f"/v1/jobs/{id_}/{rest}" for rest in ("result", "pages/1", "pages/1/image", "source")),
    ]
    for path in paths:
        assert client.request("GET", path).status_code == 410, path


def test_the_same_document_is_not_read_twice(client: Client, jobs: dict[str, str], folder: Path) -> None:
    again = client.finished(client.submit(folder / "pumps.pptx")["id"])

    assert again["cache_hit"]
    assert again["id"] != jobs["pumps.pptx"]
    pictures = [block["image"]["url"] for block in blocks_of(client, again["id"]) if block.get("image")]
    assert all(again["id"] in url for url in pictures)
    assert client.request("GET", pictures[0]).status_code == 200


def test_the_command_line_writes_what_a_document_can_have(
    server: Server, folder: Path, tmp_path: Path
) -> None:
    """PDF is refused for a DOCX, which costs neither its other formats nor the other document."""
    done = server.run(
        *("process", "--overlay", "--to", "json,html,pdf,docx", "--data-dir", str(server.data_dir)),
        *("--out", str(tmp_path), str(folder / "pumps.docx"), str(folder / "pumps.pdf")),
        expecting=1,
    )

    rows = {line.split("\t")[0]: line for line in done.stdout.splitlines()}
    assert "partial: No pdf: This source has no pages of its own" in rows["pumps.docx"]
    assert "completed" in rows["pumps-2.pdf"]
    written = {path.name for path in tmp_path.iterdir()}
    results = {
        "pumps.json",
        "pumps.html",
        "pumps.docx",
        "pumps-2.json",
        "pumps-2.html",
        "pumps-2.pdf",
        "pumps-2.docx",
    }
    assert written == results | {"pumps.images", "pumps-2.images", "pumps-2.overlay"}
    assert [path.name for path in sorted((tmp_path / "pumps-2.overlay").iterdir())] == [
        "page-1.png",
        "page-2.png",
    ]


def test_a_photographed_paper_is_text_and_no_picture(client: Client, samples: Path) -> None:
    id_ = client.submit(samples / "receipt-photo.jpg", languages="en")["id"]
    assert client.finished(id_)["status"] == "completed"

    blocks = blocks_of(client, id_)
    assert "GROCERS" in blocks[0]["text"], "the reading order begins at the top of the paper"
    assert not [block for block in blocks if block["type"] == "image"]
