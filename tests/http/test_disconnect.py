"""A caller that hangs up in the middle leaves nothing behind."""

import pytest
from starlette.types import Message
from tests.http.test_multipart import CONTENT_TYPE, END, part
from tests.http.world import PDF, World

WHOLE = part("file", PDF, "a.pdf") + part("profile", b"fast") + END


@pytest.mark.parametrize("path", ["/v1/jobs", "/v1/files", "/v1/inspect"])
@pytest.mark.parametrize("sent", [0, 10, 90, len(part("file", PDF, "a.pdf")) + 4, len(WHOLE) - 6])
async def test_a_caller_that_leaves_midway_leaves_nothing(world: World, path: str, sent: int) -> None:
    answers = await _hang_up(world, path, WHOLE[:sent])

    assert answers == [], "nobody is there to be answered"
    assert not world.blobs.content
    assert not world.store.rows
    assert not world.store.file_rows
    async with world.client() as client:
        numbers = (await client.get("/metrics")).text
    assert f'route="{path}",status="499"' in numbers


async def _hang_up(world: World, path: str, body: bytes) -> list[Message]:
    """What the app sends when the connection ends after `body`."""
    messages: list[Message] = [
        {"type": "http.request", "body": body, "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return messages.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [
        (b"content-type", CONTENT_TYPE.encode()),
        (b"authorization", f"Bearer {world.acme.key}".encode()),
    ]
    await world.app(
        {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": headers,
            "server": ("octavo.test", 80),
        },
        receive,
        send,
    )
    return sent
