"""Asking our own server whether it can take work."""

import asyncio
import http.client
import ssl
import time

from octavo.domain.errors import TemporaryFailure

_EVERY_S = 0.03
_TIMEOUT_S = 5.0


async def wait_until_ready(host: str, port: int, *, tls: bool, timeout_s: float) -> None:
    """Return once `/readyz` says 200. Raises `TemporaryFailure` after `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    while not await asyncio.to_thread(_answers, host, port, tls=tls):
        if time.monotonic() > deadline:
            raise TemporaryFailure(
                f"The server did not become ready within {timeout_s:g} s; the reason stands in its log above."
            )
        await asyncio.sleep(_EVERY_S)


def reachable_host(host: str) -> str:
    """Where this machine reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 -- compared only


def url_of(host: str, port: int, *, tls: bool) -> str:
    name = reachable_host(host)
    return f"{'https' if tls else 'http'}://{f'[{name}]' if ':' in name else name}:{port}"


def _answers(host: str, port: int, *, tls: bool) -> bool:
    name = reachable_host(host)
    if tls:
        # It is our own socket on our own machine, and the certificate may be for another name.
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            name, port, timeout=_TIMEOUT_S, context=context
        )
    else:
        connection = http.client.HTTPConnection(name, port, timeout=_TIMEOUT_S)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
