"""Finding organizations and projects by what a person types."""

from typing import TypeVar

from octavo.domain.errors import InvalidRequest, NotFound
from octavo.domain.tenancy import Organization, Project, Tenant
from octavo.ports.store import Store

Found = TypeVar("Found")

ORGANIZATION, PROJECT, KEY, TEMPLATE = "org_", "proj_", "key_", "tpl_"
"""What stands before an id where people see it; the API writes the same."""


async def find_organization(named: str | None, store: Store) -> Organization:
    """By name or id; the first where nothing is named. Raises `NotFound`, `InvalidRequest`."""
    organizations = await store.organizations()
    if not organizations:
        raise NotFound("There is no organization yet. Start `octavo serve` once; it makes the first.")
    if named is None:
        return organizations[0]
    bare = named.removeprefix(ORGANIZATION)
    found = [one for one in organizations if named == one.name or bare == one.id]
    return _only(found, "organization", named, [one.name for one in organizations])


async def find_project(named: str, organization: Organization, store: Store) -> Project:
    """By name or id. Raises `NotFound`, `InvalidRequest`."""
    projects = await store.tenant(Tenant(organization.id, None)).access.projects()
    bare = named.removeprefix(PROJECT)
    found = [one for one in projects if named == one.name or bare == one.id]
    return _only(found, "project", named, [one.name for one in projects])


def _only(found: list[Found], kind: str, named: str, names: list[str]) -> Found:
    if not found:
        raise NotFound(f"There is no {kind} {named!r}. There are: {', '.join(names)}.")
    if len(found) > 1:
        raise InvalidRequest(f"Several {kind}s are named {named!r}. Name it by its id.")
    return found[0]
