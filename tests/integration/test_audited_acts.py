"""Every act that changes rights or takes something away is in the audit, in the transaction that did it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from octavo.app.keys import create_key, hash_key
from octavo.domain.audit import AuditAction, AuditEntry
from octavo.domain.errors import Conflict
from octavo.domain.ids import KeyId, new_id
from octavo.domain.tenancy import Scope, Tenant
from octavo.ports.audit import AuditQuery
from octavo.ports.store import TenantStore
from tests.integration.conftest import World
from tests.integration.test_store_fields import completed, correction, template_of
from tests.integration.webhook_desk import open_desk

ME = KeyId("a" * 24)


def acting(world: World) -> TenantStore:
    return world.store.tenant(Tenant(world.organization.id, world.project.id, ME))


async def noted(world: World, subject_id: str) -> list[AuditEntry]:
    """The first first."""
    whole = world.store.tenant(Tenant(world.organization.id, None))
    return (await whole.audit.entries(AuditQuery(subject_id=subject_id)))[::-1]


async def test_templates_made_changed_and_deleted_are_in_the_audit(world: World) -> None:
    templates = acting(world).templates
    made = await templates.add(template_of(world))
    await templates.change(replace(made, name="Baker"))
    await templates.delete(made.id)
    await templates.delete(made.id)

    entries = await noted(world, made.id)

    assert [entry.action for entry in entries] == [
        AuditAction.TEMPLATE_CREATED,
        AuditAction.TEMPLATE_CHANGED,
        AuditAction.TEMPLATE_DELETED,
    ]
    assert [entry.details["version"] for entry in entries] == [1, 2, 2]
    assert {(entry.key_id, entry.project_id) for entry in entries} == {(ME, world.project.id)}


async def test_a_change_that_was_refused_is_not_in_the_audit(world: World) -> None:
    templates = acting(world).templates
    made = await templates.add(template_of(world))
    with pytest.raises(Conflict):
        await templates.change(replace(made, version=7))

    assert [entry.action for entry in await noted(world, made.id)] == [AuditAction.TEMPLATE_CREATED]


async def test_webhooks_are_in_the_audit_without_their_secrets(world: World, tmp_path: Path) -> None:
    async with open_desk(world, tmp_path) as desk:
        endpoint, secret = await desk.webhook("https://hooks.test/in?token=sesame")
    webhooks = acting(world).webhooks
    await webhooks.change(replace(endpoint, active=False))
    await webhooks.rotate(endpoint.id, "another", old_until=world.clock.now() + timedelta(hours=1))
    await webhooks.remove(endpoint.id)

    entries = await noted(world, endpoint.id)

    assert [entry.action for entry in entries] == [
        AuditAction.WEBHOOK_CREATED,
        AuditAction.WEBHOOK_CHANGED,
        AuditAction.WEBHOOK_SECRET_ROTATED,
        AuditAction.WEBHOOK_DELETED,
    ]
    assert [entry.details["active"] for entry in entries] == [True, False, False, False]
    told = str([entry.details for entry in entries])
    assert "hooks.test" in told
    assert not [hidden for hidden in (secret, "another", "sesame") if hidden in told]


async def test_a_correction_is_in_the_audit_without_a_word_of_the_document(world: World) -> None:
    job = await completed(world)
    await acting(world).fields.correct(correction(job.id, 2))

    (entry,) = await noted(world, job.id)

    assert entry.action is AuditAction.FIELDS_CORRECTED
    assert entry.key_id == "0" * 24, "who the correction says"
    assert entry.details == {"fields_version": 2, "values": 2}


async def test_keys_and_projects_of_the_command_line_are_in_the_audit(world: World) -> None:
    key, text = await create_key(
        organization_id=world.organization.id,
        project_id=None,
        name="x",
        scopes=[Scope.JOBS_READ],
        expires_at=None,
        store=world.store,
        clock=world.clock,
    )
    project = await world.store.add_project(world.organization.id, "second")

    (of_key,), (of_project,) = await noted(world, key.id), await noted(world, project.id)

    assert (of_key.action, of_key.key_id, of_key.project_id) == (AuditAction.KEY_CREATED, None, None)
    assert of_key.details == {"scopes": ["jobs:read"]}
    assert text not in str(of_key)
    assert hash_key(text).hex() not in str(of_key)
    assert (of_project.action, of_project.project_id) == (AuditAction.PROJECT_CREATED, project.id)
    assert of_project.details == {"name": "second"}
    assert await noted(world, new_id(world.clock.now())) == []


async def test_organizations_and_projects_made_on_the_command_line_are_in_the_audit(world: World) -> None:
    made = await world.store.add_organization("Bakery")
    project = await world.store.add_project(made.id, "shop")
    key, _ = await create_key(
        organization_id=made.id,
        project_id=project.id,
        name="till",
        expires_at=None,
        scopes=frozenset({Scope.JOBS_READ}),
        store=world.store,
        clock=world.clock,
    )
    await world.store.tenant(Tenant(made.id, None)).access.revoke_key(key.id)

    entries = await world.store.tenant(Tenant(made.id, None)).audit.entries(AuditQuery())

    assert [(entry.action.value, entry.subject_id, entry.key_id) for entry in entries[::-1]] == [
        ("organization.created", made.id, None),
        ("project.created", project.id, None),
        ("key.created", key.id, None),
        ("key.revoked", key.id, None),
    ]
