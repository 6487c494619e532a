"""Where ports meet adapters, and nowhere else: from settings to services.

Adapters are imported where they are put in: a supervisor starts in a fraction of the time that
models, buckets and page readers take to load, and never needs them.
"""

import asyncio
import contextlib
import hmac
import logging
import os
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from octavo.domain.errors import Conflict, InvalidRequest, OctavoError, TemporaryFailure
from octavo.ports.clock import Clock
from octavo.settings import Settings

if TYPE_CHECKING:
    from octavo.adapters.embedded import EmbeddedPostgres
    from octavo.adapters.engines.vision.endpoint import VisionSettings
    from octavo.adapters.isolation import ChildPool
    from octavo.app.services import Policy, Services
    from octavo.ports.blobs import Blobs
    from octavo.ports.engines import EngineCatalogue, Recogniser
    from octavo.ports.isolation import Isolation
    from octavo.ports.store import Store

_log = logging.getLogger(__name__)

SECRET_FILE = "secret.key"  # noqa: S105 -- the name of the file
DATABASE_WITHIN_S = 30.0
TIDY_EVERY_S = 600.0
API_CHILDREN = 2
"""Opening and rendering documents for requests; they load no model."""
TOOL_CONNECTIONS = 2
WORKER_CONNECTIONS_BESIDE_SLOTS = 4


class Role(StrEnum):
    API = "api"
    WORKER = "worker"


class SystemClock:
    """Implements `ports.clock.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def preload() -> None:
    """Load what `open_services` needs, in a process that still waits for its settings."""
    import octavo.adapters.blobs
    import octavo.adapters.engines.catalogue
    import octavo.adapters.isolation
    import octavo.adapters.postgres
    import octavo.app.services  # noqa: F401 -- loaded to be there


@asynccontextmanager
async def open_services(settings: Settings, *, role: Role) -> AsyncIterator["Services"]:
    """Everything a process of that role works with; closed at the end of the block.

    Raises:
        TemporaryFailure: no database is named and none runs on the data folder.
    """
    from octavo.adapters.egress import GuardedEgress, parse_allowed
    from octavo.adapters.models import ModelEndpoints
    from octavo.adapters.postgres import open_notifier
    from octavo.app.services import Services
    from octavo.dialects.webhooks import webhook_schemes

    clock = SystemClock()
    children = API_CHILDREN if role is Role.API else settings.slots_per_worker
    connections = settings.api_pool_size if role is Role.API else children + WORKER_CONNECTIONS_BESIDE_SLOTS
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_database(settings, clock=clock, pool_size=connections))
        notifier = await stack.enter_async_context(open_notifier(database_url(settings)))
        allowed = parse_allowed(settings.egress_allowed)
        egress = await stack.enter_async_context(GuardedEgress(allowed))
        scratch = stack.enter_context(_scratch(settings))
        isolation = await stack.enter_async_context(_children(settings, role, children, scratch))
        blobs = open_blobs(settings)
        await stack.enter_async_context(_tidied(blobs))
        yield Services(
            store=store,
            blobs=blobs,
            isolation=isolation,
            engines=open_engines(settings),
            notifier=notifier,
            clock=clock,
            policy=replace(policy_of(settings), scratch_dir=scratch),
            signing_key=_signing_key(settings),
            egress=egress,
            schemes=webhook_schemes(),
            models=ModelEndpoints(egress),
        )


@asynccontextmanager
async def _tidied(blobs: "Blobs") -> AsyncIterator[None]:
    """While it lasts, local copies of blobs that nobody needs any more go."""

    async def tidy() -> None:
        while True:
            await asyncio.sleep(TIDY_EVERY_S)
            with contextlib.suppress(OctavoError, OSError):
                await blobs.tidy()

    tidying = asyncio.create_task(tidy(), name="octavo-tidy")
    try:
        yield
    finally:
        tidying.cancel()


def _scratch(settings: Settings) -> AbstractContextManager[Path]:
    """A folder for what this process and its children write while they work; it goes with them."""
    from octavo.adapters.isolation.scratch import scratch_folder

    return scratch_folder(settings.scratch_dir or Path(tempfile.gettempdir()))


@asynccontextmanager
async def _children(settings: Settings, role: Role, slots: int, scratch: Path) -> AsyncIterator["Isolation"]:
    """The child processes of this process; they go with it."""
    from octavo.adapters.engines.vision.endpoint import VisionEndpoint
    from octavo.adapters.isolation import ChildPool

    configured = _vision(settings)
    vision = VisionEndpoint(configured) if configured is not None else None
    async with ChildPool(
        slots=slots,
        models_dir=models_dir_of(settings),
        limits=settings.limits,
        page_timeout_s=settings.page_timeout_s,
        memory_bytes=settings.page_memory_bytes,
        scratch_dir=scratch,
        readable=(_documents_folder(settings),),
        vision=vision,
        vision_timeout_s=settings.vision_timeout_s,
    ) as pool:
        warming = asyncio.create_task(_warm(pool)) if role is Role.WORKER else None
        try:
            yield pool
        finally:
            if warming is not None:
                warming.cancel()
            if vision is not None:
                await vision.close()


def _documents_folder(settings: Settings) -> Path:
    """Where `Blobs.local_path` has its files; made now, since children are only let into what exists."""
    url = urlsplit(settings.blobs)
    if url.scheme == "s3":
        folder = _cache_dir(settings)
    else:
        folder = Path(unquote(url.path)) if url.scheme == "file" else Path(settings.blobs).absolute()
    # A folder that cannot be made is told by whoever stores the first document there.
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _cache_dir(settings: Settings) -> Path:
    return settings.data_dir / "cache"


async def _warm(pool: "ChildPool") -> None:
    """Load the everyday models now, so that the first page does not wait for them."""
    from octavo.adapters.engines.catalogue import AUTO
    from octavo.domain.job import Profile

    try:
        await pool.warm(AUTO, Profile.STANDARD)
    except OctavoError as error:
        _log.warning("The reading models are not loaded: %s", error.summary)


@asynccontextmanager
async def open_database(
    settings: Settings, *, clock: Clock | None = None, pool_size: int = TOOL_CONNECTIONS
) -> AsyncIterator["Store"]:
    """Only the store, for commands that need no more."""
    from octavo.adapters.postgres import open_store

    async with open_store(
        database_url(settings),
        secret=secret_of(settings),
        clock=clock or SystemClock(),
        slices_in_flight=settings.slices_in_flight,
        pool_size=pool_size,
        source_retention_s=settings.source_retention_s,
        result_retention_s=settings.result_retention_s,
    ) as store:
        yield store


def open_blobs(settings: Settings) -> "Blobs":
    """Raises `InvalidRequest` for a URL that is no blob store's."""
    from octavo.adapters.blobs import S3Credentials, make_blobs

    key_id, key = settings.s3_access_key_id, settings.s3_secret_access_key
    token = settings.s3_session_token
    credentials = None
    if key_id is not None and key is not None:
        credentials = S3Credentials(
            key_id.get_secret_value(), key.get_secret_value(), token.get_secret_value() if token else None
        )
    return make_blobs(
        settings.blobs,
        cache_dir=_cache_dir(settings),
        cache_bytes=settings.s3_cache_bytes,
        credentials=credentials,
    )


def open_engines(settings: Settings) -> "EngineCatalogue":
    from octavo.adapters.engines.catalogue import Catalogue

    return Catalogue(models_dir_of(settings), _vision(settings))


def _vision(settings: Settings) -> "VisionSettings | None":
    """None where no endpoint is configured."""
    from octavo.adapters.engines.vision.endpoint import DEFAULT_PROMPT, VisionSettings

    if not settings.vision_url or not settings.vision_model:
        return None
    key = settings.vision_api_key
    return VisionSettings(
        base_url=settings.vision_url,
        model=settings.vision_model,
        api_key=key.get_secret_value() if key else None,
        prompt=settings.vision_prompt or DEFAULT_PROMPT,
        timeout_s=settings.vision_timeout_s,
    )


def load_engine(name: str, settings: Settings) -> "Recogniser":
    """For a process of its own. Raises `EngineUnavailable`, `LanguageUnavailable`."""
    from octavo.adapters.engines.load import load_recogniser
    from octavo.domain.job import Profile

    return load_recogniser(name, Profile.STANDARD, (), models_dir_of(settings))


def models_dir_of(settings: Settings) -> Path:
    from octavo.adapters.engines.models import default_models_dir

    return settings.models_dir or default_models_dir()


def check_models(settings: Settings) -> tuple[str, ...]:
    """What is wrong with the model files, one sentence each; hashes all of them."""
    from octavo.adapters.engines import layout, models, symbols

    own = ((layout.model_file(), layout.WEIGHTS), (symbols.model_file(), symbols.FILE))
    damaged = (file.name for file, path in own if models.sha256_of(path) != file.sha256)
    return (
        *models.check_models(models_dir_of(settings)),
        *(f"The network {name!r} is damaged. Install Octavo again." for name in damaged),
    )


def unread_for_want_of_office() -> tuple[str, str] | None:
    """The kinds of file that LibreOffice would make readable here, and what to install; None for none."""
    from octavo.adapters.readers.libreoffice import (
        PACKAGES,
        WORKBOOK_PACKAGE,
        office_folder,
        reads_workbooks,
    )

    if office_folder() is None:
        return "DOC, PPT, XLS, RTF, ODT, ODP and ODS", PACKAGES
    return None if reads_workbooks() else ("XLS and ODS", WORKBOOK_PACKAGE)


def policy_of(settings: Settings) -> "Policy":
    from octavo.app.services import Policy

    return Policy(
        limits=settings.limits,
        slice_budget_s=settings.slice_budget_s,
        max_slice_pages=settings.max_slice_pages,
        max_child_crashes=settings.max_child_crashes,
        max_worker_deaths=settings.max_worker_deaths,
        max_wait_s=settings.max_wait_s,
        file_retention_s=settings.file_retention_s,
        upload_retention_s=settings.upload_retention_s,
        submits_per_minute=settings.submits_per_minute or None,
        reads_per_minute=settings.reads_per_minute or None,
        fetch_timeout_s=settings.fetch_timeout_s,
        webhook_timeout_s=settings.webhook_timeout_s,
        scratch_dir=settings.scratch_dir,
    )


def embedded_database(settings: Settings) -> "EmbeddedPostgres | None":
    """The data folder's own PostgreSQL, not started; None where another database is named."""
    from octavo.adapters.embedded import EmbeddedPostgres

    return EmbeddedPostgres(settings.data_dir) if settings.database_url is None else None


def running_database(settings: Settings) -> str | None:
    """The URL of the database as it can be reached now; None where it would have to be started."""
    from octavo.adapters.embedded import running_url

    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return running_url(settings.data_dir)


def database_url(settings: Settings) -> str:
    url = running_database(settings)
    if url is None:
        raise TemporaryFailure(
            "No database runs on this data folder. Start `octavo serve`, or set OCTAVO_DATABASE_URL."
        )
    return url


def with_database(settings: Settings) -> Settings:
    """Settings that name the database, for processes that do not look for it. Raises `TemporaryFailure`."""
    return settings.with_changes(database_url=database_url(settings))


def preload_migrations() -> None:
    """Load what `prepare_database` needs, while the database starts."""
    import octavo.adapters.postgres  # noqa: F401 -- loaded to be there


def prepare_database(settings: Settings) -> None:
    """Wait until the database answers and bring its schema to this version; safe beside others."""
    from octavo.adapters.postgres import wait_until_ready
    from octavo.adapters.postgres.migrate import migrate

    url = database_url(settings)
    wait_until_ready(url, DATABASE_WITHIN_S)
    migrate(url)


def require_current_schema(settings: Settings) -> None:
    """Raises `Conflict` where the database was made by another version, `TemporaryFailure` where it is away."""
    from octavo.adapters.postgres import wait_until_ready

    wait_until_ready(database_url(settings), DATABASE_WITHIN_S)

    async def look() -> bool:
        async with open_database(settings) as store:
            return bool((await store.check())["current"])

    if not asyncio.run(look()):
        raise Conflict(
            "The database's tables are not this version's. Run `octavo migrate`, or start `octavo serve` first."
        )


def secret_of(settings: Settings) -> bytes:
    """The installation's secret: from the settings, else from a file made once in the data folder."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    path = settings.data_dir / SECRET_FILE
    try:
        if not path.exists():
            _make_secret(path)
        return path.read_bytes()
    except OSError as error:
        raise InvalidRequest(
            f"The secret key file in the data folder cannot be used: {error.strerror}. "
            "Set OCTAVO_SECRET_KEY, or give this user the folder."
        ) from error


def _signing_key(settings: Settings) -> bytes:
    """Not the secret itself: what is signed is shown to others, what is sealed is not."""
    return hmac.digest(secret_of(settings), b"octavo signed addresses", "sha256")


def _make_secret(path: Path) -> None:
    """Whole or not at all, and the first of two who try at once wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    unfinished.touch(mode=0o600)
    unfinished.write_text(secrets.token_urlsafe(48), encoding="ascii")
    with contextlib.suppress(FileExistsError):
        os.link(unfinished, path)
    unfinished.unlink()
