"""`octavo organizations`: tenants that never see each other."""

import asyncio
import json
from typing import Annotated

import typer

from octavo.bootstrap import open_database
from octavo.cli.database import reachable_database
from octavo.cli.options import AsJson, DataDir
from octavo.cli.tenants import ORGANIZATION
from octavo.cli.terminal import output
from octavo.domain.tenancy import Organization
from octavo.server.first_start import FIRST_NAME
from octavo.settings import Settings, load_settings

app = typer.Typer(help="Organizations: tenants that never see each other.", no_args_is_help=True)


@app.command("create")
def create_command(
    name: Annotated[str, typer.Option(help="What to call it.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make an organization with one project, named default."""
    with reachable_database(load_settings(data_dir=data_dir)) as settings:
        _show([asyncio.run(_create(settings, name))], as_json=as_json)


@app.command("list")
def list_command(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the organizations, the first made first."""
    with reachable_database(load_settings(data_dir=data_dir)) as settings:
        _show(asyncio.run(_list(settings)), as_json=as_json)


async def _create(settings: Settings, name: str) -> Organization:
    async with open_database(settings) as store:
        organization = await store.add_organization(name)
        await store.add_project(organization.id, FIRST_NAME)
        return organization


async def _list(settings: Settings) -> list[Organization]:
    async with open_database(settings) as store:
        return await store.organizations()


def _show(organizations: list[Organization], *, as_json: bool) -> None:
    if as_json:
        rows = [{"id": ORGANIZATION + one.id, "name": one.name} for one in organizations]
        print(json.dumps({"organizations": rows}))  # noqa: T201 -- a script reads it
        return
    for one in organizations:
        output().print(f"{ORGANIZATION}{one.id}  {one.name}", markup=False)
