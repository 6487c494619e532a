"""Real requests to a real server on this machine, through names that lead where a test says."""

import asyncio
import ssl
from pathlib import Path

import pytest

from octavo.adapters.egress import GuardedEgress, Rules, parse_allowed
from octavo.ports.egress import AddressRefused, Unreachable
from octavo.server.certificates import self_signed
from tests.egress.outside import Asked, Names, answer, outside

HERE = "127.0.0.1"
OPEN = parse_allowed(("files.test", "next.test"))


async def fetch(egress: GuardedEgress, url: str, timeout_s: float = 5.0) -> tuple[bytes, str | None]:
    async with egress.download(url, timeout_s=timeout_s) as download:
        return b"".join([chunk async for chunk in download.chunks]), download.filename


async def test_a_document_comes_as_it_is() -> None:
    names = Names({"files.test": [[HERE]]})
    async with (
        outside(lambda _: answer(200, b"%PDF")) as server,
        GuardedEgress(OPEN, resolve=names) as egress,
    ):
        content, name = await fetch(egress, f"http://files.test:{server.port}/a/b%20c.pdf?x=1")

    assert (content, name) == (b"%PDF", "b c.pdf")
    assert server.asked[0].path == "/a/b%20c.pdf?x=1"
    assert server.asked[0].headers["host"] == f"files.test:{server.port}"
    assert names.asked == ["files.test"]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="letter.pdf"', "letter.pdf"),
        ("attachment; filename=letter.pdf", "letter.pdf"),
        ("attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.pdf", "größe.pdf"),
        ("inline", "x"),
    ],
)
async def test_the_sender_names_the_file(disposition: str, name: str) -> None:
    async with (
        outside(lambda _: answer(200, b"%PDF", content_disposition=disposition)) as server,
        GuardedEgress(OPEN, resolve=Names({"files.test": [[HERE]]})) as egress,
    ):
        _, found = await fetch(egress, f"http://files.test:{server.port}/x")

    assert found == name


async def test_a_name_that_leads_inside_is_refused_before_anybody_is_asked() -> None:
    names = Names({"inside.test": [[HERE]], "mixed.test": [["1.1.1.1", HERE]]})
    async with (
        outside(lambda _: answer(200, b"secret")) as server,
        GuardedEgress(Rules(), resolve=names) as egress,
    ):
        for name in ("inside.test", "mixed.test"):
            with pytest.raises(AddressRefused, match="not public"):
                await fetch(egress, f"http://{name}:{server.port}/")
            with pytest.raises(AddressRefused):
                await egress.post(f"http://{name}:{server.port}/", headers={}, body=b"{}", timeout_s=5)

    assert server.asked == []


async def test_a_name_is_resolved_once_so_that_it_cannot_change_its_mind() -> None:
    """DNS rebinding: public when it is checked, private when it is connected to."""
    names = Names({"rebinding.test": [["203.0.113.9"], [HERE]]})
    rules = parse_allowed(("203.0.113.9",))
    async with (
        outside(lambda _: answer(200, b"secret")) as server,
        GuardedEgress(rules, resolve=names) as egress,
    ):
        with pytest.raises(Unreachable):
            await fetch(egress, f"http://rebinding.test:{server.port}/", timeout_s=0.5)
        # Asked again later, it is checked again: what was found first lends nothing.
        with pytest.raises(AddressRefused):
            await fetch(egress, f"http://rebinding.test:{server.port}/")

    assert names.asked == ["rebinding.test", "rebinding.test"]
    assert server.asked == []


@pytest.mark.parametrize(
    "place",
    [
        "http://inside.test:{port}/",
        "http://127.0.0.1:{port}/",
        "http://[::1]/",
        "file:///etc/passwd",
        "ftp://x.test/",
    ],
)
async def test_a_redirect_inside_is_refused(place: str) -> None:
    names = Names({"files.test": [[HERE]], "inside.test": [[HERE]]})

    def respond(asked: Asked) -> bytes:
        return answer(302, location=place.format(port=asked.headers["host"].partition(":")[2]))

    async with outside(respond) as server, GuardedEgress(OPEN, resolve=names) as egress:
        with pytest.raises(AddressRefused):
            await fetch(egress, f"http://files.test:{server.port}/")

    assert len(server.asked) == 1


async def test_allowed_redirects_are_followed_a_few_times() -> None:
    names = Names({"files.test": [[HERE]], "next.test": [[HERE]]})

    def respond(asked: Asked) -> bytes:
        if asked.path == "/start":
            return answer(302, location=f"http://next.test:{asked.headers['host'].partition(':')[2]}/end.pdf")
        return answer(200, b"%PDF") if asked.path == "/end.pdf" else answer(307, location="/round")

    async with outside(respond) as server, GuardedEgress(OPEN, resolve=names) as egress:
        found = await fetch(egress, f"http://files.test:{server.port}/start")
        with pytest.raises(Unreachable, match="too often"):
            await fetch(egress, f"http://files.test:{server.port}/round")

    assert found == (b"%PDF", "end.pdf")
    assert len(server.asked) == 2 + 6


async def test_the_callers_headers_go_to_the_host_they_were_meant_for_and_to_no_other() -> None:
    names = Names({"files.test": [[HERE]], "next.test": [[HERE]]})

    def respond(asked: Asked) -> bytes:
        port = asked.headers["host"].partition(":")[2]
        places = {"/start": "/here", "/here": f"http://next.test:{port}/end.pdf"}
        return answer(302, location=places[asked.path]) if asked.path in places else answer(200, b"%PDF")

    async with outside(respond) as server, GuardedEgress(OPEN, resolve=names) as egress:
        url = f"http://files.test:{server.port}/start"
        given = {"authorization": "Bearer secret", "accept": "application/pdf"}
        async with egress.download(url, timeout_s=5, headers=given) as found:
            assert b"".join([chunk async for chunk in found.chunks]) == b"%PDF"

    assert [asked.headers.get("authorization") for asked in server.asked] == ["Bearer secret"] * 2 + [None]
    assert [asked.headers["accept"] for asked in server.asked] == ["application/pdf"] * 2 + ["*/*"]


async def test_a_webhook_follows_no_redirect_and_reads_no_body() -> None:
    async with (
        outside(lambda _: answer(302, b"secret", location="http://files.test/", retry_after="7")) as server,
        GuardedEgress(OPEN, resolve=Names({"files.test": [[HERE]]})) as egress,
    ):
        found = await egress.post(
            f"http://files.test:{server.port}/in", headers={"X-A": "b"}, body=b'{"a":1}', timeout_s=5
        )

    assert (found.status, found.retry_after_s) == (302, 7)
    assert (server.asked[0].method, server.asked[0].body) == ("POST", b'{"a":1}')
    assert server.asked[0].headers["x-a"] == "b"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (answer(404), "status"),
        (answer(500, b"stack of an inner service"), "status"),
        (answer(200, b"x", content_encoding="gzip"), "encoding"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "protocol"),
        (b"", "protocol"),
        (answer(200, b"half", content_length="100"), "protocol"),
    ],
)
async def test_what_is_no_document_is_told_without_a_word_of_it(raw: bytes, reason: str) -> None:
    async with (
        outside(lambda _: raw) as server,
        GuardedEgress(OPEN, resolve=Names({"files.test": [[HERE]]})) as egress,
    ):
        with pytest.raises(Unreachable) as caught:
            await fetch(egress, f"http://files.test:{server.port}/")

    assert caught.value.details["reason"] == reason
    assert "inner" not in caught.value.summary


async def test_slowness_ends() -> None:
    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        try:
            while not reader.at_eof():
                writer.write(b"x")
                await writer.drain()
                await asyncio.wait_for(reader.read(1), 0.05)
        except (TimeoutError, ConnectionError):
            await reader.read()
        finally:
            writer.close()

    server = await asyncio.start_server(trickle, HERE, 0)
    port = server.sockets[0].getsockname()[1]
    async with server, GuardedEgress(OPEN, resolve=Names({"files.test": [[HERE]]})) as egress:
        with pytest.raises(Unreachable, match="in time"):
            await fetch(egress, f"http://files.test:{port}/", timeout_s=0.3)


async def test_an_unknown_name_is_unreachable() -> None:
    async with GuardedEgress(OPEN, resolve=Names({})) as egress:
        with pytest.raises(Unreachable):
            await fetch(egress, "http://nowhere.test/")


async def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with (
        outside(lambda _: answer(502)) as proxy,
        outside(lambda _: answer(200, b"%PDF")) as server,
        GuardedEgress(OPEN, resolve=Names({"files.test": [[HERE]]})) as egress,
    ):
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        content, _ = await fetch(egress, f"http://files.test:{server.port}/")

    assert content == b"%PDF"
    assert proxy.asked == []


async def test_tls_is_verified_against_the_name_though_the_address_is_connected_to(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path, host="files.test")
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    names = Names({"files.test": [[HERE]], "next.test": [[HERE]]})
    async with (
        outside(lambda _: answer(200, b"%PDF"), tls=serving) as server,
        GuardedEgress(OPEN, resolve=names, ssl_context=trusting) as egress,
        GuardedEgress(OPEN, resolve=names) as strict,
    ):
        content, _ = await fetch(egress, f"https://files.test:{server.port}/")
        with pytest.raises(Unreachable):
            await fetch(egress, f"https://next.test:{server.port}/")
        with pytest.raises(Unreachable):
            await fetch(strict, f"https://files.test:{server.port}/")

    assert content == b"%PDF"
    assert len(server.asked) == 1
