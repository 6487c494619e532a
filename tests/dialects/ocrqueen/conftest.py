"""The vendor's official SDK against a real server: it takes nothing but https and keys of its own form."""

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from ocrqueen import OCRQueen

from tests.acceptance.harness import Server
from tests.dialects.ocrqueen.receiver import Receiver, listening

Sdk = Callable[..., OCRQueen]


@pytest.fixture(scope="session")
def at_root(server: Server) -> str:
    """Where the dialect is at the root of a host: the SDK's other half for Node drops path prefixes."""
    return f"https://localhost:{urlsplit(server.url).port}"


@pytest.fixture(scope="module")
def sdk(server: Server, at_root: str) -> Iterator[Sdk]:
    """Makes clients that trust the server's own certificate, by the environment as their users would."""
    opened: list[OCRQueen] = []

    def open_client(key: str, **options: object) -> OCRQueen:
        opened.append(OCRQueen(key, base_url=at_root, **options))  # type: ignore[arg-type]
        return opened[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(os.environ, "SSL_CERT_FILE", str(server.certificate))
        yield open_client
    for client in opened:
        client.close()


@pytest.fixture(scope="session")
def key(server: Server) -> str:
    return server.key()


@pytest.fixture(scope="module")
def queen(key: str, sdk: Sdk) -> OCRQueen:
    return sdk(key)


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with listening() as found:
        yield found
