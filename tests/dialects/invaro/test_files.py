"""Uploads and the files API: shapes, filters, refusals."""

import re
from typing import Any

import pytest

from octavo.dialects.invaro.received import MAX_FILE_BYTES
from tests.dialects.invaro.conftest import Desk, fields_of
from tests.http.world import PDF

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@pytest.mark.parametrize("part", ["files", "file"])
@pytest.mark.shows("POST /api/v1/parse/upload")
async def test_an_upload_gives_ids_and_an_address(desk: Desk, part: str) -> None:
    content = ("rent nov.pdf", PDF, "application/octet-stream")
    data = await desk.data("POST", "/parse/upload", files={part: content})

    assert list(data) == ["files", "status"]
    assert data["status"] == "done"
    (file,) = data["files"]
    assert list(file) == ["file_id", "file_url", "doc_id", "document_id", "type"]
    assert UUID.fullmatch(file["doc_id"])
    assert file["document_id"] == file["doc_id"]
    assert re.fullmatch(r"\d{28}_rent nov\.pdf", file["file_id"])
    assert (await desk.http.get(file["file_url"])).content == PDF


@pytest.mark.parametrize(
    ("fields", "type_"),
    [({}, "unknown"), ({"type": "statement"}, "bank_statement"), ({"doc_type": "invoice"}, "invoice")],
)
async def test_the_type_is_what_the_form_says_before_or_behind_the_files(
    desk: Desk, fields: dict[str, str], type_: str
) -> None:
    files = {"files": ("a.pdf", PDF)}
    data = await desk.data("POST", "/parse/upload", files=files, data=fields)
    parts = {**files, **{name: (None, text) for name, text in fields.items()}}
    behind = await desk.data("POST", "/parse/upload", files=parts)

    assert data["files"][0]["type"] == behind["files"][0]["type"] == type_
    wrong = {"files": files, "data": {"type": "poem"}}
    await desk.refused(400, "VALIDATION_ERROR", "POST", "/parse/upload", **wrong)
    assert len(desk.world.store.file_rows) == 2


async def test_a_file_that_is_refused_does_not_hold_up_the_others(desk: Desk) -> None:
    files = [("files", ("a.pdf", PDF)), ("files", ("b.txt", b"words")), ("files", ("c.pdf", b"BROKEN"))]
    answer = await desk.http.post("/parse/upload", files=files)

    assert answer.status_code == 207
    data = answer.json()["data"]
    assert data["status"] == "partial_error"
    assert "error" not in data["files"][0]
    assert [file["error"]["code"] for file in data["files"][1:]] == ["VALIDATION_ERROR", "CORRUPT_DOCUMENT"]
    assert "JPEG" in data["files"][1]["error"]["details"]
    assert [file["status"] for file in data["files"][1:]] == [400, 400]
    assert len(desk.world.store.file_rows) == 1
    assert len(desk.world.blobs.content) == 1


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"words", 400, "VALIDATION_ERROR"),
        (b"BROKEN", 400, "CORRUPT_DOCUMENT"),
        (b"LOCKED", 400, "CORRUPT_DOCUMENT"),
        (b"CRASH", 400, "CORRUPT_DOCUMENT"),
        (b"", 400, "CORRUPT_DOCUMENT"),
    ],
)
async def test_a_form_of_which_nothing_can_be_kept_is_refused(
    desk: Desk, content: bytes, status: int, code: str
) -> None:
    await desk.refused(status, code, "POST", "/parse/upload", files={"files": ("a.pdf", content)})
    assert not desk.world.blobs.content
    assert not desk.world.store.file_rows


async def test_a_form_without_a_file_or_with_too_many_keeps_nothing(desk: Desk) -> None:
    await desk.refused(400, "UPLOAD_ERROR", "POST", "/parse/upload", files={"type": (None, "invoice")})
    many = [("files", (f"{n}.pdf", PDF)) for n in range(51)]
    await desk.refused(400, "VALIDATION_ERROR", "POST", "/parse/upload", files=many)
    assert not desk.world.blobs.content


async def test_a_form_that_breaks_off_keeps_nothing(desk: Desk) -> None:
    broken = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n' + PDF
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    await desk.refused(400, "UPLOAD_ERROR", "POST", "/parse/upload", content=broken, headers=headers)
    odd = {"files": [("files", ("a.pdf", PDF)), ("scan", ("b.pdf", PDF))]}
    await desk.refused(400, "UPLOAD_ERROR", "POST", "/parse/upload", **odd)
    await desk.refused(400, "VALIDATION_ERROR", "POST", "/parse/upload", json={})
    assert not desk.world.blobs.content
    assert not desk.world.store.file_rows


async def test_ten_megabytes_are_the_most(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_FILE_BYTES == 10 * 1024 * 1024
    monkeypatch.setattr("octavo.dialects.invaro.received.MAX_FILE_BYTES", 20)
    await desk.refused(413, "VALIDATION_ERROR", "POST", "/parse/upload", files={"files": ("a.pdf", PDF)})
    assert not desk.world.blobs.content


@pytest.mark.shows("POST /api/v1/files/upload")
async def test_the_newer_upload_tells_what_the_file_is(desk: Desk) -> None:
    files = {"files": ("a.pdf", PDF)}
    data = await desk.data("POST", "/files/upload", files=files, data={"type": "invoice"})

    assert data["status"] == "done"
    (file,) = data["files"]
    assert UUID.fullmatch(file["doc_id"])
    assert file["type"] == "invoice"
    assert file["validation"] == {"page_count": 3, "file_size": len(PDF), "format": "PDF"}


@pytest.mark.shows("GET /api/v1/files", "GET /api/v1/files/{file_id}")
async def test_a_file_is_pending_until_its_job_has_ended(desk: Desk) -> None:
    document = await desk.document()
    listed = await desk.data("GET", "/files")

    assert {name: listed[name] for name in ("page", "page_size", "total")} == {
        "page": 1,
        "page_size": 20,
        "total": 1,
    }
    (file,) = listed["files"]
    assert list(file) == ["id", "filename", "file_id", "type", "status", "size", "created_at", "completed_at"]
    assert (file["id"], file["status"], file["completed_at"]) == (document, "pending", None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", file["created_at"])
    assert await desk.data("GET", f"/files/{document}") == {**file, "processed_data": {}}

    job = (await desk.data("POST", "/parse/invoices", json={"document_id": document}))["job_id"]
    desk.world.begin(desk.internal(job))
    assert (await desk.data("GET", f"/files/{document}"))["status"] == "processing"
    await desk.finish(job, fields_of("invoice", total=12.5))
    done = await desk.data("GET", f"/files/{document}")
    assert (done["status"], done["type"]) == ("completed", "invoice")
    assert done["completed_at"].endswith("Z")
    assert done["processed_data"]["amounts"]["total"] == 12.5


@pytest.mark.shows("GET /api/v1/files")
async def test_files_are_filtered_and_turned_page_by_page(desk: Desk) -> None:
    names = ["a.pdf", "b.pdf", "c.pdf"]
    documents = []
    for name, type_ in zip(names, ["invoice", "statement", ""], strict=True):
        desk.world.clock.advance(1)
        documents.append(await desk.document(name, type=type_))
    await desk.data("POST", "/parse/statements", json={"document_id": documents[1]})
    await desk.data("DELETE", f"/files/{documents[2]}")

    async def found(**query: Any) -> list[str]:
        data = await desk.data("GET", "/files", params=query)
        return [file["filename"] for file in data["files"]]

    assert await found() == ["b.pdf", "a.pdf"]
    assert await found(page=2, page_size=1) == ["a.pdf"]
    assert await found(page=9) == []
    assert await found(type="bank_statement") == ["b.pdf"]
    assert await found(status="pending") == ["b.pdf", "a.pdf"]
    assert await found(status="completed") == []
    assert await found(status="deleted") == ["c.pdf"]
    for wrong in ("page_size=101", "page=0", "page=x", "status=lost", "type=poem"):
        await desk.refused(400, "VALIDATION_ERROR", "GET", f"/files?{wrong}")


@pytest.mark.shows("GET /api/v1/files/{file_id}/download")
async def test_a_download_is_the_file_under_its_own_name(desk: Desk) -> None:
    document = await desk.document("rent.pdf")
    answer = await desk.http.get(f"/files/{document}/download")

    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="rent.pdf"'
    assert answer.headers["content-length"] == str(len(PDF))


@pytest.mark.shows("DELETE /api/v1/files/{file_id}")
async def test_a_deleted_file_is_gone_once(desk: Desk) -> None:
    document = await desk.document()

    data = await desk.data("DELETE", f"/files/{document}")
    assert data == {"file_id": document, "message": "File deleted successfully"}
    await desk.refused(409, "CONFLICT", "DELETE", f"/files/{document}")
    await desk.refused(410, "GONE", "GET", f"/files/{document}/download")
    assert (await desk.data("GET", f"/files/{document}"))["status"] == "deleted"
    await desk.refused(400, "INVALID_DOCUMENT_ID", "POST", "/parse/invoices", json={"document_id": document})
    for method, path in (("GET", ""), ("GET", "/download"), ("DELETE", "")):
        await desk.refused(404, "NOT_FOUND", method, f"/files/2f1c8e0a-6a51-4c0e-9a57-0b0d9f6d7c11{path}")


@pytest.mark.shows("GET /api/v1/parse/files/{file_id}", "DELETE /api/v1/parse/files/{file_id}")
async def test_the_older_addresses_of_a_file_are_the_same(desk: Desk) -> None:
    document = await desk.document()

    assert await desk.data("GET", f"/parse/files/{document}") == await desk.data("GET", f"/files/{document}")
    assert (await desk.data("DELETE", f"/parse/files/{document}"))["file_id"] == document


async def test_another_tenants_file_does_not_exist(desk: Desk) -> None:
    document = await desk.document()
    desk.http.headers["Authorization"] = f"Bearer {desk.world.other.key}"

    for method, path in (("GET", ""), ("GET", "/download"), ("DELETE", "")):
        await desk.refused(404, "NOT_FOUND", method, f"/files/{document}{path}")
    await desk.refused(400, "INVALID_DOCUMENT_ID", "POST", "/parse", json={"document_id": document})
    assert (await desk.data("GET", "/files"))["total"] == 0
