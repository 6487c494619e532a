"""A server for `octavo process`: the one named, the one that runs here, or one of its own."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from octavo.app.keys import create_key
from octavo.bootstrap import SystemClock, open_database, with_database
from octavo.cli.process.client import Access
from octavo.cli.tenants import find_organization
from octavo.domain.errors import InvalidRequest, TemporaryFailure
from octavo.domain.tenancy import Scope, Tenant
from octavo.server.presence import Presence, make_data_dir, read_presence
from octavo.settings import Settings

LOG_NAME = "process.log"
START_WITHIN_S = 90.0
STOP_WITHIN_S = 30.0
KEY_NAME = "octavo process"
KEY_LIVES = timedelta(days=7)
"""Longer than any run; it is revoked at the end of the run, and this is for runs that are killed."""
_LOOK_EVERY_S = 0.03


@asynccontextmanager
async def server_access(settings: Settings) -> AsyncIterator[Access]:
    """A server that takes documents, for as long as the block lasts.

    Raises:
        InvalidRequest: a server is named, but no key for it.
        TemporaryFailure: our own server does not start; quotes its reason.
    """
    if settings.url:
        if settings.api_key is None:
            raise InvalidRequest("A server needs a key: give --api-key, or set OCTAVO_API_KEY.")
        yield Access(settings.url.rstrip("/"), settings.api_key.get_secret_value())
        return
    presence = read_presence(settings.data_dir)
    if presence is not None:
        async with _local_access(settings, presence) as access:
            yield access
        return
    async with _own_server(settings) as presence, _local_access(settings, presence) as access:
        yield access


@asynccontextmanager
async def _local_access(settings: Settings, presence: Presence) -> AsyncIterator[Access]:
    """A key of our own, made directly in the database and revoked at the end."""
    clock = SystemClock()
    async with open_database(with_database(settings)) as store:
        organization = await find_organization(None, store)
        key, text = await create_key(
            organization_id=organization.id,
            project_id=None,
            name=KEY_NAME,
            scopes=[Scope.EXTRACT_WRITE, Scope.JOBS_READ, Scope.JOBS_WRITE],
            expires_at=clock.now() + KEY_LIVES,
            store=store,
            clock=clock,
        )
        try:
            yield Access(presence.url, text, Path(presence.certificate) if presence.certificate else None)
        finally:
            await store.tenant(Tenant(organization.id, None)).access.revoke_key(key.id)


@asynccontextmanager
async def _own_server(settings: Settings) -> AsyncIterator[Presence]:
    """`octavo serve` as a child that ends with us, even if we are killed."""
    make_data_dir(settings.data_dir)
    log = settings.data_dir / LOG_NAME
    log.touch(mode=0o600)
    command = [sys.executable, "-m", "octavo", "serve", "--attached", "--host", "127.0.0.1", "--port", "0"]
    command += ["--data-dir", str(settings.data_dir), "--workers", str(max(1, settings.workers))]
    with log.open("w", encoding="utf-8") as output:
        # A session of its own: Ctrl-C is for us, and we end the server in order.
        server = await asyncio.to_thread(
            subprocess.Popen,
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield await _presence_of(server, settings.data_dir, log)
    finally:
        await asyncio.to_thread(_end, server)


async def _presence_of(server: "subprocess.Popen[bytes]", data_dir: Path, log: Path) -> Presence:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline:
        presence = read_presence(data_dir)
        if presence is not None and presence.pid == server.pid:
            return presence
        if server.poll() is not None:
            raise TemporaryFailure(f"Octavo could not be started. {_reason(log)}")
        await asyncio.sleep(_LOOK_EVERY_S)
    raise TemporaryFailure(f"Octavo did not start within {START_WITHIN_S:g} s. {_reason(log)}")


def _reason(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    told = [line.removeprefix("Error: ") for line in lines if line.startswith("Error: ")]
    return told[-1] if told else f"Its reason is in {LOG_NAME} of the data folder."


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    if server.stdin is not None:
        server.stdin.close()
