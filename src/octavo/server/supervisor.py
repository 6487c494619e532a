"""`octavo serve` and `octavo worker`, top to bottom.  Start reading here."""

import asyncio
import contextlib
import errno
import logging
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from octavo.bootstrap import (
    SystemClock,
    embedded_database,
    open_database,
    preload_migrations,
    prepare_database,
    require_current_schema,
    with_database,
)
from octavo.domain.errors import Conflict, InvalidRequest, OctavoError
from octavo.server.certificates import self_signed
from octavo.server.crew import api_children, first_of, running, worker_children
from octavo.server.first_start import FIRST_NAME, ensure_first_key
from octavo.server.link import stop_on_signals
from octavo.server.presence import Presence, data_dir_lock, read_presence, remove_presence, write_presence
from octavo.server.readiness import url_of, wait_until_ready
from octavo.settings import Settings

if TYPE_CHECKING:
    from octavo.adapters.embedded import EmbeddedPostgres

_log = logging.getLogger(__name__)

LOCK_PATIENCE_S = 15.0
"""A command such as `octavo keys create` may have the folder for a moment."""
READY_WITHIN_S = 120.0
BACKLOG = 2048


@dataclass(frozen=True, slots=True)
class Announcer:
    """What the terminal is told, as it happens."""

    on_first_key: Callable[[str, str, Path | None], None]
    """With the URL, the key and the certificate to trust; at most once in a database's life."""
    on_ready: Callable[[str, float], None]
    """With the URL and the seconds since the start."""


async def serve(settings: Settings, *, announcer: Announcer, first_key: bool = True) -> None:
    """Serve until a signal says stop, then drain: API and workers first, the database last.

    Raises:
        Conflict: the folder, the port or the database is somebody else's.
        TemporaryFailure: something we start does not come up; says what.
    """
    began = time.monotonic()
    stop = asyncio.create_task(stop_on_signals().wait())
    async with AsyncExitStack() as stack:
        stack.enter_context(_exclusive(settings.data_dir))
        listener = stack.enter_context(contextlib.closing(_bind(settings)))
        settings = _with_tls(settings.with_changes(port=listener.getsockname()[1]))
        database = embedded_database(settings)
        if database is not None:
            stack.push_async_callback(asyncio.to_thread, database.stop)
        # The children load their code while the database comes up, and wait for their settings.
        known, ready = _promise(), _promise()
        children = [
            *api_children(settings, known, listener.fileno()),
            *worker_children(settings, ready),
        ]
        crew = await stack.enter_async_context(running(children, drain_s=settings.drain_s))
        stack.callback(listener.close)
        settings = await _open_database(settings, database)
        await _first_start(settings, announcer, wanted=first_key)
        known.set_result(settings)
        watch = await stack.enter_async_context(_watching(database, settings))
        stack.enter_context(_present(settings))
        await first_of(_announce_ready(settings, announcer, began), stop, watch, *crew)
        # Only now: loading models would take the processors from the API that somebody waits for.
        ready.set_result(settings)
        await first_of(stop, watch, *crew)


async def serve_workers(settings: Settings, *, on_ready: Callable[[], None]) -> None:
    """Only workers, for a database that is served elsewhere. Ends as `serve` does.

    Raises:
        TemporaryFailure: no database answers. Conflict: its schema is another version's.
    """
    stop = asyncio.create_task(stop_on_signals().wait())
    settings = with_database(settings)
    await asyncio.to_thread(require_current_schema, settings)
    known = _promise()
    known.set_result(settings)
    async with running(worker_children(settings, known), drain_s=settings.drain_s) as crew:
        on_ready()
        await first_of(stop, *crew)


def _promise() -> asyncio.Future[Settings]:
    return asyncio.get_running_loop().create_future()


@contextmanager
def _exclusive(data_dir: Path) -> Iterator[None]:
    def serving() -> bool:
        return read_presence(data_dir) is not None

    with data_dir_lock(data_dir, patience_s=LOCK_PATIENCE_S, give_up=serving) as ours:
        if not ours:
            raise Conflict(
                "A server already runs on this data folder. Stop it, or name another folder with --data-dir."
            )
        yield


def _bind(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise Conflict(
                f"Port {settings.port} is in use. Choose another with --port, or 0 for any."
            ) from None
        reason = error.strerror or "no such address"
        raise InvalidRequest(f"Cannot listen on {settings.host}, port {settings.port}: {reason}.") from None
    listener.setblocking(False)
    return listener


def _with_tls(settings: Settings) -> Settings:
    if settings.ssl_self_signed:
        certificate, key = self_signed(settings.data_dir, host=settings.host)
        return settings.with_changes(
            ssl_self_signed=False, ssl_certfile=certificate, ssl_keyfile=key, ssl_trusted=certificate
        )
    for path in (settings.ssl_certfile, settings.ssl_keyfile):
        if path is not None and not os.access(path, os.R_OK):
            raise InvalidRequest(f"The file {path.name} cannot be read. Check its path and permissions.")
    return settings


async def _open_database(settings: Settings, database: "EmbeddedPostgres | None") -> Settings:
    if database is not None:
        url, _ = await asyncio.gather(
            asyncio.to_thread(database.start), asyncio.to_thread(preload_migrations)
        )
        settings = settings.with_changes(database_url=url)
    await asyncio.to_thread(prepare_database, settings)
    return settings


async def _first_start(settings: Settings, announcer: Announcer, *, wanted: bool) -> None:
    async with open_database(settings) as store:
        organization = await store.ensure_organization(FIRST_NAME)
        if not wanted:
            return
        text = await ensure_first_key(organization, store=store, clock=SystemClock())
    if text is not None:
        announcer.on_first_key(_url(settings), text, settings.ssl_trusted)


async def _announce_ready(settings: Settings, announcer: Announcer, began: float) -> None:
    tls = settings.ssl_certfile is not None
    await wait_until_ready(settings.host, settings.port, tls=tls, timeout_s=READY_WITHIN_S)
    announcer.on_ready(_url(settings), time.monotonic() - began)


@contextmanager
def _present(settings: Settings) -> Iterator[None]:
    trusted = str(settings.ssl_trusted) if settings.ssl_trusted else None
    started_at = datetime.now(UTC).isoformat(timespec="seconds")
    write_presence(settings.data_dir, Presence(os.getpid(), _url(settings), started_at, trusted))
    try:
        yield
    finally:
        remove_presence(settings.data_dir)


@asynccontextmanager
async def _watching(
    database: "EmbeddedPostgres | None", settings: Settings
) -> AsyncIterator[asyncio.Task[None]]:
    """The embedded database is started again whenever it is gone."""

    async def watch() -> None:
        while True:
            await asyncio.sleep(settings.recovery_poll_s)
            if database is None:
                continue
            try:
                await asyncio.to_thread(database.ensure_running)
            except OctavoError as error:
                _log.error("%s", error.summary)

    task = asyncio.create_task(watch())
    try:
        yield task
    finally:
        task.cancel()
        # A restart that is under way goes on in its thread; `stop` must not come before its end.
        await asyncio.wait([task])


def _url(settings: Settings) -> str:
    return url_of(settings.host, settings.port, tls=settings.ssl_certfile is not None)
