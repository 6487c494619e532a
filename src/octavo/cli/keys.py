"""`octavo keys`: made, listed and revoked directly in the database, so that no key is needed for the first."""

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from octavo.bootstrap import SystemClock, open_database
from octavo.cli.database import reachable_database
from octavo.cli.options import AsJson, DataDir, Organization
from octavo.cli.tenants import KEY, ORGANIZATION, PROJECT, find_organization, find_project
from octavo.cli.terminal import messages, output, show_table
from octavo.domain.errors import InvalidRequest, NotFound
from octavo.domain.ids import KeyId, is_id
from octavo.domain.tenancy import Key, Scope, Tenant
from octavo.ports.store import Store
from octavo.settings import Settings, load_settings

app = typer.Typer(help="API keys.", no_args_is_help=True)

EVERYDAY = ",".join(scope.value for scope in Scope if scope is not Scope.ADMIN)
_DURATION = re.compile(r"(\d{1,6})([smhdw])")
_PREFIX = re.compile(r"[A-Za-z0-9_-]{1,24}")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@app.command("create")
def create_command(
    name: Annotated[str, typer.Option(help="What to call it in lists.")] = "cli",
    scopes: Annotated[
        str, typer.Option(help="What it may do, with commas.", show_default="everything but admin")
    ] = EVERYDAY,
    project: Annotated[
        str | None,
        typer.Option(help="Only for this project (name or id). Default: all.", show_default=False),
    ] = None,
    organization: Organization = None,
    expires: Annotated[
        str | None,
        typer.Option(
            help="When it ends: 30d, 12h, or 2027-01-31T12:00:00Z. Default: never.", show_default=False
        ),
    ] = None,
    prefix: Annotated[
        str, typer.Option(help="What its text begins with: ocr_ or frc_, as a vendor's clients expect it.")
    ] = "pk_live_",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print it, this once."""
    wanted, ends = parse_scopes(scopes), parse_expiry(expires, datetime.now(UTC))

    from octavo.app.keys import create_key

    async def create(settings: Settings) -> tuple[Key, str]:
        async with open_database(settings) as store:
            owner = await find_organization(organization, store)
            within = await find_project(project, owner, store) if project else None
            return await create_key(
                organization_id=owner.id,
                project_id=within.id if within else None,
                name=name,
                scopes=wanted,
                expires_at=ends,
                prefix=parse_prefix(prefix),
                store=store,
                clock=SystemClock(),
            )

    with reachable_database(load_settings(data_dir=data_dir)) as settings:
        key, text = asyncio.run(create(settings))
    if as_json:
        print(json.dumps({"key": text, **_row(key)}))  # noqa: T201 -- a script reads it
    else:
        output().print(text, markup=False)
        messages().print(f"{KEY}{key.id} {key.name}: shown once, keep it.", markup=False)


@app.command("list")
def list_command(
    organization: Organization = None, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """List keys, revoked and expired ones too."""

    async def read(settings: Settings) -> list[Key]:
        async with open_database(settings) as store:
            owner = await find_organization(organization, store)
            return await store.tenant(Tenant(owner.id, None)).access.keys()

    with reachable_database(load_settings(data_dir=data_dir)) as settings:
        keys = asyncio.run(read(settings))
    if as_json:
        print(json.dumps({"keys": [_row(key) for key in keys]}))  # noqa: T201 -- a script reads it
    else:
        _show_table(keys)


@app.command("revoke")
def revoke_command(
    key: Annotated[str, typer.Argument(help="Its id, as `octavo keys list` shows it.")],
    data_dir: DataDir = None,
) -> None:
    """End a key at once. Repeating it changes nothing."""
    key_id = parse_key_id(key)

    async def revoke(settings: Settings) -> Key:
        async with open_database(settings) as store:
            return await revoke_anywhere(key_id, store)

    with reachable_database(load_settings(data_dir=data_dir)) as settings:
        revoked = asyncio.run(revoke(settings))
    output().print(f"{KEY}{revoked.id} {revoked.name} is revoked.", markup=False)


async def revoke_anywhere(key_id: KeyId, store: Store) -> Key:
    """Whichever organization it belongs to. Raises `NotFound`."""
    for organization in await store.organizations():
        try:
            return await store.tenant(Tenant(organization.id, None)).access.revoke_key(key_id)
        except NotFound:
            continue
    raise NotFound(f"There is no key {KEY}{key_id}. `octavo keys list` shows those there are.")


def parse_key_id(text: str) -> KeyId:
    bare = text.removeprefix(KEY)
    if not is_id(bare):
        raise InvalidRequest(f"{text!r} is no key id. It looks like {KEY}0193… ; see `octavo keys list`.")
    return KeyId(bare)


def parse_prefix(text: str) -> str:
    """Raises `InvalidRequest`."""
    if not _PREFIX.fullmatch(text):
        raise InvalidRequest("A prefix has 1 to 24 letters, digits, _ or -.", option="prefix")
    return text


def parse_scopes(text: str) -> list[Scope]:
    """Raises `InvalidRequest` naming the scopes there are."""
    known = {scope.value: scope for scope in Scope}
    names = [part.strip() for part in text.split(",") if part.strip()]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        wrong = f"There is no scope {unknown[0]!r}." if unknown else "A key needs at least one scope."
        raise InvalidRequest(f"{wrong} Scopes: {', '.join(known)}.")
    return [known[name] for name in names]


def parse_expiry(text: str | None, now: datetime) -> datetime | None:
    """From a span (`30d`) or a moment (ISO 8601, UTC where it names no zone); must lie ahead."""
    if text is None:
        return None
    span = _DURATION.fullmatch(text.strip())
    try:
        if span:
            moment = now + timedelta(**{_UNITS[span[2]]: int(span[1])})
        else:
            moment = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        raise InvalidRequest(f"{text!r} is no time. Write 30d, 12h or 2027-01-31T12:00:00Z.") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment <= now:
        raise InvalidRequest(f"{text!r} is in the past; a key must end in the future.")
    return moment.astimezone(UTC)


def _row(key: Key) -> dict[str, Any]:
    return {
        "id": KEY + key.id,
        "organization_id": ORGANIZATION + key.organization_id,
        "project_id": PROJECT + key.project_id if key.project_id else None,
        "name": key.name,
        "hint": key.hint,
        "scopes": sorted(scope.value for scope in key.scopes),
        "created_at": key.created_at.isoformat(),
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
        "disabled_at": key.disabled_at.isoformat() if key.disabled_at else None,
    }


def _show_table(keys: list[Key]) -> None:
    from octavo.app.keys import is_live

    now = datetime.now(UTC)
    rows = []
    for key in keys:
        ended = "revoked" if key.revoked_at else "disabled" if key.disabled_at else "expired"
        state = "live" if is_live(key, now) else ended
        scopes = " ".join(sorted(scope.value for scope in key.scopes))
        rows.append([KEY + key.id, key.name, key.hint + "…", scopes, state])
    show_table(["id", "name", "begins with", "scopes", "state"], rows)
