"""Projects, keys, uploads and the audit on a real PostgreSQL."""

import asyncio
from datetime import timedelta

import pytest

from octavo.app.keys import hash_key
from octavo.domain.audit import AuditAction
from octavo.domain.errors import Conflict, NotFound
from octavo.domain.file import StoredFile
from octavo.domain.ids import FileId, KeyId, UploadId, new_id
from octavo.domain.storage import upload_prefix
from octavo.domain.tenancy import Key, Scope, Tenant
from octavo.domain.upload import Upload, UploadPart, UploadStatus
from octavo.ports.access import ProjectChanges
from octavo.ports.audit import AuditQuery
from octavo.ports.store import TenantStore
from tests.integration.conftest import World, project_tenant
from tests.integration.queue_probe import run_sql
from tests.integration.test_store_tenants import finished


def whole(world: World) -> TenantStore:
    return world.store.tenant(Tenant(world.organization.id, None, KeyId("a" * 24)))


def a_key(world: World, **changes: object) -> Key:
    values: dict[str, object] = {
        "id": KeyId(new_id(world.clock.now())),
        "organization_id": world.organization.id,
        "project_id": world.project.id,
        "name": "x",
        "hint": "pk_live_x",
        "scopes": frozenset({Scope.JOBS_READ}),
        "created_at": world.clock.now(),
    }
    return Key(**{**values, **changes})  # type: ignore[arg-type]


def an_upload(world: World) -> Upload:
    now = world.clock.now()
    return Upload(
        id=UploadId(new_id(now)),
        organization_id=world.organization.id,
        project_id=world.project.id,
        key_id=None,
        filename="a.pdf",
        size_bytes=None,
        sha256=None,
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )


def a_file(world: World) -> StoredFile:
    now = world.clock.now()
    return StoredFile(
        id=FileId(new_id(now)),
        organization_id=world.organization.id,
        project_id=world.project.id,
        filename="a.pdf",
        media_type="application/pdf",
        size_bytes=9,
        sha256="0" * 64,
        created_at=now,
        expires_at=now + timedelta(days=1),
    )


async def test_a_project_changes_only_in_what_is_named(world: World) -> None:
    made = await whole(world).access.add_project(
        ProjectChanges(name="second", weight=2.0, given=frozenset({"name", "weight"}))
    )
    changed = await whole(world).access.change_project(
        made.id,
        ProjectChanges(
            pages_per_month=9,
            submits_per_minute=5,
            given=frozenset({"pages_per_month", "submits_per_minute"}),
        ),
    )
    lifted = await whole(world).access.change_project(
        made.id, ProjectChanges(given=frozenset({"pages_per_month"}))
    )

    assert (changed.name, changed.weight, changed.pages_per_month) == ("second", 2.0, 9)
    assert changed.limits.submits_per_minute == 5
    assert (lifted.pages_per_month, lifted.limits.submits_per_minute) == (None, 5)
    assert changed.source_retention_s == world.project.source_retention_s
    with pytest.raises(NotFound):
        await world.tenant.access.change_project(made.id, ProjectChanges(given=frozenset()))


async def test_a_key_is_rotated_once_also_at_the_same_moment(world: World) -> None:
    old = a_key(world)
    await world.tenant.access.add_key(old, hash_key("old"))
    fresh = [a_key(world, name=f"new {number}") for number in range(4)]

    outcomes = await asyncio.gather(
        *(
            world.tenant.access.rotate_key(
                old.id, key, hash_key(key.name), old_ends_at=world.clock.now() - timedelta(seconds=1)
            )
            for key in fresh
        ),
        return_exceptions=True,
    )

    assert sum(isinstance(outcome, Key) for outcome in outcomes) == 1
    assert all(isinstance(outcome, Key | Conflict) for outcome in outcomes)
    found = await world.store.key_by_hash(hash_key("old"))
    assert found is not None
    assert found.revoked_at is not None
    assert len(await world.tenant.access.keys()) == 2


async def test_a_key_is_switched_off_and_on_and_told_once(world: World) -> None:
    access = world.tenant.access
    key = await access.add_key(a_key(world), hash_key("k"))

    off = [await access.switch_key(key.id, disabled=True) for _ in range(2)]
    found = await world.store.key_by_hash(hash_key("k"))
    on = await access.switch_key(key.id, disabled=False)
    await access.revoke_key(key.id)

    assert off[0].disabled_at == off[1].disabled_at is not None
    assert found == off[0]
    assert on.disabled_at is None
    with pytest.raises(Conflict):
        await access.switch_key(key.id, disabled=False)
    assert [entry.action for entry in await world.tenant.audit.entries(AuditQuery())][:3] == [
        AuditAction.KEY_REVOKED,
        AuditAction.KEY_ENABLED,
        AuditAction.KEY_DISABLED,
    ]


async def test_a_rotated_key_lives_as_long_as_it_is_told_and_no_longer_than_before(world: World) -> None:
    now = world.clock.now()
    old = a_key(world, expires_at=now + timedelta(minutes=1))
    await world.tenant.access.add_key(old, hash_key("old"))

    new = a_key(world)
    await world.tenant.access.rotate_key(old.id, new, hash_key("new"), old_ends_at=now + timedelta(hours=1))

    assert (await world.tenant.access.key(old.id)).expires_at == old.expires_at


async def test_another_projects_keys_and_uploads_do_not_exist(world: World) -> None:
    key, upload = a_key(world), an_upload(world)
    await world.tenant.access.add_key(key, hash_key("k"))
    await world.tenant.uploads.add(upload)
    other = world.store.tenant(project_tenant(await world.another_project()))

    for attempt in (
        other.access.key(key.id),
        other.access.revoke_key(key.id),
        other.access.switch_key(key.id, disabled=True),
        other.access.rotate_key(key.id, a_key(world), b"x", old_ends_at=world.clock.now()),
        other.access.project(world.project.id),
        other.uploads.upload(upload.id),
        other.uploads.keep_part(upload.id, UploadPart(1, 1, "", "k"), by_offset=False),
        other.uploads.complete(upload.id, a_file(world)),
        other.uploads.abort(upload.id),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await other.access.keys() == []
    assert await other.uploads.uploads(before=None, limit=9) == []
    assert [entry.action for entry in await other.audit.entries(AuditQuery())] == [
        AuditAction.PROJECT_CREATED
    ]


async def test_two_who_complete_an_upload_at_once_make_one_file(world: World) -> None:
    upload = an_upload(world)
    await world.tenant.uploads.add(upload)
    await world.tenant.uploads.keep_part(upload.id, UploadPart(1, 9, "", "old"), by_offset=False)
    kept = await world.tenant.uploads.keep_part(upload.id, UploadPart(1, 8, "", "new"), by_offset=False)

    done = await asyncio.gather(*(world.tenant.uploads.complete(upload.id, a_file(world)) for _ in range(5)))

    assert [part.blob_key for part in kept.parts] == ["new"]
    assert len({found.file_id for found in done}) == 1
    assert len(await world.tenant.files(before=None, limit=9)) == 1
    assert await world.store.upkeep.erasures_due(9) == [upload_prefix(upload.id)]
    with pytest.raises(Conflict):
        await world.tenant.uploads.keep_part(upload.id, UploadPart(2, 8, "", "late"), by_offset=False)


async def test_an_upload_that_is_never_completed_expires_with_its_parts(world: World) -> None:
    upload = an_upload(world)
    await world.tenant.uploads.add(upload)
    await world.tenant.uploads.keep_part(upload.id, UploadPart(0, 9, "", "k"), by_offset=True)
    with pytest.raises(Conflict, match="other way"):
        await world.tenant.uploads.keep_part(upload.id, UploadPart(1, 9, "", "k"), by_offset=False)
    early = await world.store.upkeep.expire_uploads(9)
    world.clock.pass_time(hours=2)

    with pytest.raises(NotFound):
        await world.tenant.uploads.upload(upload.id)
    assert await world.store.upkeep.existing([upload.id]) == {upload.id}
    gone = await world.store.upkeep.expire_uploads(9)

    assert (early, gone) == ([], [upload.id])
    assert await world.store.upkeep.erasures_due(9) == [upload_prefix(upload.id)]
    assert (await run_sql(world.url, "select count(*) from upload_parts"))[0][0] == 0


async def test_an_aborted_upload_stays_aborted(world: World) -> None:
    upload = an_upload(world)
    await world.tenant.uploads.add(upload)

    first = await world.tenant.uploads.abort(upload.id)
    again = await world.tenant.uploads.abort(upload.id)

    assert first.status is UploadStatus.ABORTED
    assert first.aborted_at == again.aborted_at
    with pytest.raises(Conflict):
        await world.tenant.uploads.complete(upload.id, a_file(world))


async def test_the_audit_tells_who_did_what_and_what_was_undone_is_not_in_it(world: World) -> None:
    acting = whole(world)
    job_id = await finished(world)
    await acting.mark_purged(job_id)  # type: ignore[arg-type]
    await acting.mark_purged(job_id)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        await acting.cancel_job(job_id)  # type: ignore[arg-type]

    entries = await acting.audit.entries(AuditQuery(subject_id=job_id))
    by_key = await acting.audit.entries(AuditQuery(key_id=KeyId("b" * 24)))

    assert [(entry.action, entry.subject_id) for entry in entries] == [(AuditAction.JOB_PURGED, job_id)]
    assert (entries[0].key_id, entries[0].project_id) == ("a" * 24, world.project.id)
    assert by_key == []
    await run_sql(world.url, "update audit set created_at = now() - interval '500 days'")
    await world.store.upkeep.forget_old()
    assert await acting.audit.entries(AuditQuery()) == []
