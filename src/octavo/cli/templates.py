"""`octavo templates`: made, shown and deleted directly in the database, as keys are."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from octavo.app.templates.draft import TemplateDraft, check_draft
from octavo.bootstrap import SystemClock, open_database
from octavo.cli.database import reachable_database
from octavo.cli.options import AsJson, DataDir, Organization
from octavo.cli.tenants import TEMPLATE, find_organization, find_project
from octavo.cli.terminal import messages, output, show_table
from octavo.domain.document_types.schema import specs_of
from octavo.domain.errors import InvalidRequest
from octavo.domain.field_schema import to_json_schema
from octavo.domain.field_specs import parse_specs
from octavo.domain.ids import OrganizationId, ProjectId, TemplateId, is_id, new_id
from octavo.domain.template import Template
from octavo.domain.tenancy import Tenant
from octavo.ports.store import Store
from octavo.ports.templates import TemplateStore
from octavo.settings import Settings, load_settings

app = typer.Typer(help="Templates: schemas of fields of your own.", no_args_is_help=True)
T = TypeVar("T")
_AT_ONCE = 200


@app.command("list")
def list_command(
    organization: Organization = None, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """List templates, newest first."""
    found = _with_templates(organization, data_dir, _all)
    if as_json:
        print(json.dumps({"templates": [_row(template) for template in found]}))  # noqa: T201 -- a script reads it
        return
    rows = [
        [
            TEMPLATE + template.id,
            template.name,
            str(template.version),
            template.document_type or "-",
            str(len(template.fields)),
        ]
        for template in found
    ]
    show_table(["id", "name", "version", "type", "fields"], rows)


@app.command("show")
def show_command(
    template: Annotated[str, typer.Argument(help="Its id, as `octavo templates list` shows it.")],
    version: Annotated[int | None, typer.Option(help="Default: the newest.", show_default=False)] = None,
    organization: Organization = None,
    data_dir: DataDir = None,
) -> None:
    """Print a template's fields as JSON Schema: what `create` takes, too."""
    id_ = parse_template_id(template)
    found = _with_templates(organization, data_dir, lambda templates: templates.template(id_, version))
    specs = specs_of(found.document_type or "", found)
    schema = to_json_schema(specs, title=found.name, description=found.description)
    print(json.dumps(schema, indent=2, ensure_ascii=False))  # noqa: T201 -- a script reads it


@app.command("create")
def create_command(
    name: Annotated[str, typer.Option(help="What to call it.")],
    fields: Annotated[
        Path | None,
        typer.Option(
            help="A JSON file: a map of names to types, a list of fields, or a JSON Schema.",
            exists=True,
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    document_type: Annotated[
        str | None, typer.Option("--type", help="The document type it builds on.", show_default=False)
    ] = None,
    result_format: Annotated[str, typer.Option(help="What a result is by default.")] = "json",
    project: Annotated[
        str | None, typer.Option(help="Name or id. Default: the first.", show_default=False)
    ] = None,
    organization: Organization = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a template and print its id."""
    draft = TemplateDraft(
        name=name,
        document_type=document_type,
        fields=parse_specs(_content(fields)) if fields else (),
        result_format=result_format,
    )
    check_draft(draft)

    async def create(settings: Settings) -> Template:
        async with open_database(settings) as store:
            owner = await find_organization(organization, store)
            within = (
                await find_project(project, owner, store) if project else await store.first_project(owner.id)
            )
            template = _template(draft, owner.id, within.id)
            return await store.tenant(Tenant(owner.id, None)).templates.add(template)

    with reachable_database(load_settings(data_dir=data_dir)) as settings:
        made = asyncio.run(create(settings))
    if as_json:
        print(json.dumps(_row(made)))  # noqa: T201 -- a script reads it
    else:
        output().print(TEMPLATE + made.id, markup=False)


@app.command("delete")
def delete_command(
    template: Annotated[str, typer.Argument(help="Its id, as `octavo templates list` shows it.")],
    organization: Organization = None,
    data_dir: DataDir = None,
) -> None:
    """Hide a template; jobs that were sent with it keep it. Repeating it changes nothing."""
    id_ = parse_template_id(template)
    _with_templates(organization, data_dir, lambda templates: templates.delete(id_))
    messages().print(f"{TEMPLATE}{id_} is deleted.", markup=False)


def parse_template_id(text: str) -> TemplateId:
    bare = text.removeprefix(TEMPLATE)
    if not is_id(bare):
        raise InvalidRequest(
            f"{text!r} is no template id. It looks like {TEMPLATE}0193… ; see `octavo templates list`."
        )
    return TemplateId(bare)


def _with_templates(
    organization: str | None, data_dir: Path | None, work: Callable[[TemplateStore], Awaitable[T]]
) -> T:
    async def run(settings: Settings) -> T:
        async with open_database(settings) as store:
            return await work(await _templates_of(organization, store))

    with reachable_database(load_settings(data_dir=data_dir)) as settings:
        return asyncio.run(run(settings))


async def _templates_of(organization: str | None, store: Store) -> TemplateStore:
    owner = await find_organization(organization, store)
    return store.tenant(Tenant(owner.id, None)).templates


async def _all(templates: TemplateStore) -> list[Template]:
    found: list[Template] = []
    while True:
        page = await templates.newest(before=found[-1].id if found else None, limit=_AT_ONCE)
        found += page
        if len(page) < _AT_ONCE:
            return found


def _template(draft: TemplateDraft, organization_id: OrganizationId, project_id: ProjectId) -> Template:
    now = SystemClock().now()
    return Template(
        id=TemplateId(new_id(now)),
        organization_id=organization_id,
        project_id=project_id,
        version=1,
        name=draft.name,
        document_type=draft.document_type,
        fields=draft.fields,
        created_at=now,
        updated_at=now,
        result_format=draft.result_format,
    )


def _content(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidRequest(f"{path.name} is no JSON file.") from error


def _row(template: Template) -> dict[str, Any]:
    return {
        "id": TEMPLATE + template.id,
        "name": template.name,
        "version": template.version,
        "document_type": template.document_type,
        "fields": [spec.name for spec in template.fields],
        "result_format": template.result_format,
        "created_at": template.created_at.isoformat(),
        "updated_at": template.updated_at.isoformat(),
    }
