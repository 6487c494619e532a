"""Documents that come in: the form's fields, which project they go to, the file as it came."""

from datetime import timedelta

import httpx
import pytest

from octavo.domain.errors import QuotaExceeded
from octavo.domain.tenancy import Scope
from octavo.domain.usage import PageQuotaExceeded
from tests.dialects.ocriva.acme import client_of, form, read, refused, templated, uploaded
from tests.http.world import PDF, World

FILES = {"file": ("any.pdf", PDF, "application/pdf")}


@pytest.mark.shows("POST /v1/openapi/upload")
async def test_an_upload_is_told_without_envelope_and_names_its_record(
    ocriva: httpx.AsyncClient, world: World
) -> None:
    sent = await uploaded(ocriva, world, uploadType="api", metadata='{"case": 7}')

    assert set(sent) == {
        "id",
        "fileName",
        "fileUrl",
        "publicUrl",
        "filePath",
        "fileSize",
        "mimeType",
        "fileType",
        "uploadType",
        "status",
        "uploadId",
        "processingHistoryId",
        "projectId",
        "organizationId",
        "userId",
        "metadata",
        "createdAt",
        "updatedAt",
    }
    assert (sent["status"], sent["fileType"], sent["metadata"]) == ("uploaded", "pdf", {"case": 7})
    record = await read(ocriva, f"/processing-history/{sent['id']}")
    assert record["metadata"] == {"case": 7}
    assert record["fileUrl"] == sent["fileUrl"], "asked for twice, it is the same"


async def test_everything_that_is_missing_is_named_at_once(ocriva: httpx.AsyncClient, world: World) -> None:
    answer = await ocriva.post("/upload", data={"fileType": "photo", "fileSize": "12 kB"}, files={})
    without_form = await ocriva.post("/upload", json={})
    nothing = await ocriva.post("/upload", files={"file": ("a.pdf", PDF)})

    assert answer.status_code == without_form.status_code == nothing.status_code == 400
    wanted = {"fileName", "fileType", "fileSize", "mimeType", "projectId"}
    told = nothing.json()["message"]
    assert {text.partition(":")[0] for text in told} == wanted
    assert not [key for key in world.blobs.content if "source" in key], "nothing of it is kept"


@pytest.mark.parametrize(
    ("text", "pages"),
    [('{"start": 2, "end": 3}', "2-3"), ('{"from": 2}', "2-3"), ("1,3", "1,3"), ("", "1-3")],
)
async def test_some_pages_are_read_alone(
    ocriva: httpx.AsyncClient, world: World, text: str, pages: str
) -> None:
    sent = await uploaded(ocriva, world, pageRange=text)

    assert str(world.store.rows[sent["id"]].options.pages) == pages


@pytest.mark.parametrize("text", ['{"start": "x"}', "{", "last", '{"start": 7}'])
async def test_pages_that_are_none_are_refused(ocriva: httpx.AsyncClient, world: World, text: str) -> None:
    answer = await ocriva.post("/upload", files=FILES, data=form(world, pageRange=text))

    refused(answer, 400, "page")


async def test_a_form_without_a_file_says_so(ocriva: httpx.AsyncClient, world: World) -> None:
    fields = {name: (None, text) for name, text in form(world).items()}

    answer = await ocriva.post("/upload", files=fields)

    refused(answer, 400)
    assert answer.json()["message"] == ["file: should not be empty"]


async def test_a_key_uploads_to_its_own_projects_alone(
    ocriva: httpx.AsyncClient, whole: httpx.AsyncClient, world: World
) -> None:
    second = await world.store.add_project(world.acme.organization.id, "second")

    foreign = await whole.post("/upload", files=FILES, data=form(world, projectId=world.other.project.id))
    bound = await ocriva.post("/upload", files=FILES, data=form(world, projectId=second.id))
    nonsense = await whole.post("/upload", files=FILES, data=form(world, projectId="none"))
    elsewhere = await uploaded(whole, world, projectId=second.id)

    for answer in (foreign, bound, nonsense):
        refused(answer, 401)
    assert elsewhere["projectId"] == second.id
    assert len(world.store.rows) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"no document", "no document"), (b"LOCKED", "password"), (b"BROKEN", "damaged"), (b"", "no bytes")],
)
async def test_a_document_that_cannot_be_read_is_400(
    ocriva: httpx.AsyncClient, world: World, content: bytes, message: str
) -> None:
    answer = await ocriva.post("/upload", files={"file": ("a.pdf", content)}, data=form(world))

    refused(answer, 400, message)
    assert not world.store.rows


async def test_a_template_or_batch_that_is_not_the_projects_is_404(
    ocriva: httpx.AsyncClient, whole: httpx.AsyncClient, world: World
) -> None:
    second = await world.store.add_project(world.acme.organization.id, "second")
    foreign = (await templated(whole, world, projectId=second.id))["templateId"]

    for more in ({"templateId": foreign}, {"templateId": "x"}, {"batchId": "0" * 24}):
        refused(await ocriva.post("/upload", files=FILES, data=form(world, **more)), 404)


async def test_a_template_that_is_switched_off_takes_no_document(
    ocriva: httpx.AsyncClient, world: World
) -> None:
    template = (await templated(ocriva, world))["templateId"]
    await ocriva.patch(f"/templates/{template}", json={"isActive": False})

    answer = await ocriva.post("/upload", files=FILES, data=form(world, templateId=template))

    refused(answer, 400, "not active")


@pytest.mark.shows("GET /v1/openapi/files/{upload_id}/{name}")
async def test_the_address_of_a_file_is_its_key_for_a_while(ocriva: httpx.AsyncClient, world: World) -> None:
    sent = await uploaded(ocriva, world, fileName="Größe 1.pdf")
    other = await uploaded(ocriva, world, fileName="other.pdf")
    address, token = sent["fileUrl"].split("?token=")
    public = {"headers": {"X-API-Key": ""}}

    whole = await ocriva.get(sent["fileUrl"], **public)  # type: ignore[arg-type]
    part = await ocriva.get(sent["fileUrl"], headers={"Range": "bytes=0-3"})

    assert (whole.status_code, whole.content) == (200, PDF)
    assert part.content == PDF[:4]
    assert "Gr%C3%B6%C3%9Fe%201.pdf" in address
    refused(await ocriva.get(address), 401)
    refused(await ocriva.get(f"{address}?token={token[:-1]}x"), 401)
    refused(await ocriva.get(other["fileUrl"].split("?")[0] + f"?token={token}"), 401)
    refused(await ocriva.get("/files/none/x"), 404)
    world.clock.advance(timedelta(days=2).total_seconds())
    refused(await ocriva.get(sent["fileUrl"]), 401)


async def test_pages_that_are_used_up_are_a_matter_of_credit(
    ocriva: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def used_up(*_: object) -> None:
        raise PageQuotaExceeded("No pages are left this month.", limit=1)

    monkeypatch.setattr("tests.http.fake_core.FakeUsage.charge", used_up)

    answer = await ocriva.post("/upload", files=FILES, data=form(world))

    refused(answer, 402, "No pages")
    assert issubclass(PageQuotaExceeded, QuotaExceeded)
    assert answer.json()["error"] == "Payment Required"


async def test_a_key_that_may_not_is_403(world: World) -> None:
    key = await world.key(world.acme, [Scope.JOBS_READ], bound=True)
    async with client_of(world, key) as reader:
        answer = await reader.post("/upload", files=FILES, data=form(world))

    refused(answer, 403)
    assert answer.json()["error"] == "Forbidden"
