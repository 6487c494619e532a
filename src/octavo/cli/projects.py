"""`octavo projects`: jobs and files belong to one."""

import asyncio
import json
from typing import Annotated

import typer

from octavo.bootstrap import open_database
from octavo.cli.database import reachable_database
from octavo.cli.options import AsJson, DataDir
from octavo.cli.options import Organization as OrganizationOption
from octavo.cli.tenants import ORGANIZATION, PROJECT, find_organization
from octavo.cli.terminal import output
from octavo.domain.tenancy import Project, Tenant
from octavo.settings import Settings, load_settings

app = typer.Typer(help="Projects: jobs, files and retention belong to one.", no_args_is_help=True)


@app.command("create")
def create_command(
    name: Annotated[str, typer.Option(help="What to call it.")],
    organization: OrganizationOption = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a project."""
    with reachable_database(load_settings(data_dir=data_dir)) as settings:
        _show([asyncio.run(_create(settings, name, organization))], as_json=as_json)


@app.command("list")
def list_command(
    organization: OrganizationOption = None, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """List an organization's projects."""
    with reachable_database(load_settings(data_dir=data_dir)) as settings:
        _show(asyncio.run(_list(settings, organization)), as_json=as_json)


async def _create(settings: Settings, name: str, organization: str | None) -> Project:
    async with open_database(settings) as store:
        return await store.add_project((await find_organization(organization, store)).id, name)


async def _list(settings: Settings, organization: str | None) -> list[Project]:
    async with open_database(settings) as store:
        found = await find_organization(organization, store)
        return await store.tenant(Tenant(found.id, None)).access.projects()


def _show(projects: list[Project], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"projects": [_row(one) for one in projects]}))  # noqa: T201 -- a script reads it
        return
    for one in projects:
        output().print(f"{PROJECT}{one.id}  {one.name}", markup=False)


def _row(project: Project) -> dict[str, object]:
    return {
        "id": PROJECT + project.id,
        "organization_id": ORGANIZATION + project.organization_id,
        "name": project.name,
        "source_retention_s": project.source_retention_s,
        "result_retention_s": project.result_retention_s,
    }
