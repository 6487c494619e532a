"""The older API beside the Open API."""

import httpx
import pytest

from tests.dialects.ocriva.acme import BASE, read, refused
from tests.http.world import PDF, World

OLDER = BASE.removesuffix("/v1/openapi")


@pytest.mark.shows("POST /auth/login")
async def test_a_key_as_password_gives_a_token(ocriva: httpx.AsyncClient, world: World) -> None:
    account = {"email": "someone@example.com", "password": world.acme.key}

    answer = await ocriva.post(f"{OLDER}/auth/login", json=account)
    token = answer.json()["accessToken"]

    assert set(answer.json()) == {"accessToken", "expiresIn", "tokenInfo"}
    listed = await ocriva.get("/projects", headers={"X-API-Key": "", "Authorization": f"Bearer {token}"})
    assert listed.status_code == 200
    refused(await ocriva.post(f"{OLDER}/auth/login", json=account | {"password": "guess"}), 401)
    refused(await ocriva.post(f"{OLDER}/auth/login", json={"email": "x"}), 400, "password")


@pytest.mark.shows("POST /upload/{organization_id}/file")
async def test_a_file_needs_nothing_beside_it(ocriva: httpx.AsyncClient, world: World) -> None:
    path = f"{OLDER}/upload/{world.acme.organization.id}/file"

    answer = await ocriva.post(path, files={"file": ("till.pdf", PDF)})

    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert list(told) == ["id", "fileName", "fileUrl", "status", "templateId"]
    assert (told["fileName"], told["status"], told["templateId"]) == ("till.pdf", "uploaded", None)
    assert (await read(ocriva, f"/processing-history/{told['id']}"))["fileName"] == "till.pdf"
    refused(await ocriva.post(path, files={"other": (None, "x")}), 400, "file")
    foreign = f"{OLDER}/upload/{'0' * 24}/file"
    refused(await ocriva.post(foreign, files={"file": ("till.pdf", PDF)}), 401, "organization")


@pytest.mark.shows("POST /batch/{organization_id}/upload")
async def test_a_batch_answers_in_short(ocriva: httpx.AsyncClient, world: World) -> None:
    path = f"{OLDER}/batch/{world.acme.organization.id}/upload"

    answer = await ocriva.post(path, files=[("files", (f"{n}.pdf", PDF)) for n in range(2)])

    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert set(told) == {
        *("id", "name", "totalFiles", "completedFiles"),
        *("failedFiles", "status", "progress", "createdAt"),
    }
    assert (told["totalFiles"], told["status"], told["progress"]) == (2, "processing", 0)
    refused(await ocriva.post(f"{OLDER}/batch/{'0' * 24}/upload"), 401, "organization")
