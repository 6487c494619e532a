"""A tenant's uploads."""

from octavo.adapters.postgres import erasures
from octavo.adapters.postgres.connect import Connection, Pool, many, one, only, reading, run, transaction
from octavo.adapters.postgres.rows import Row
from octavo.adapters.postgres.scope import Scope
from octavo.adapters.postgres.stored_files import insert_file
from octavo.domain.errors import Conflict, NotFound
from octavo.domain.file import StoredFile
from octavo.domain.ids import FileId, KeyId, OrganizationId, ProjectId, UploadId
from octavo.domain.storage import upload_prefix
from octavo.domain.tenancy import Tenant
from octavo.domain.upload import MAX_PARTS, Upload, UploadPart
from octavo.ports.clock import Clock


class PostgresUploads:
    """Implements `ports.uploads.Uploads`."""

    def __init__(self, pool: Pool, tenant: Tenant, clock: Clock) -> None:
        self._pool = pool
        self._tenant = tenant
        self._scope = Scope(tenant)
        self._clock = clock

    async def add(self, upload: Upload) -> Upload:
        async with transaction(self._pool) as connection:
            await run(
                connection,
                """insert into uploads (id, organization_id, project_id, key_id, filename, size_bytes, sha256,
                                        created_at, expires_at)
                   values (%(id)s, %(organization)s, %(project)s, %(key)s, %(filename)s, %(size)s, %(sha256)s,
                           %(created)s, %(expires)s)""",
                {
                    "id": upload.id,
                    "organization": self._tenant.organization_id,
                    "project": upload.project_id,
                    "key": upload.key_id,
                    "filename": upload.filename,
                    "size": upload.size_bytes,
                    "sha256": upload.sha256,
                    "created": upload.created_at,
                    "expires": upload.expires_at,
                },
            )
        return upload

    async def upload(self, upload_id: UploadId) -> Upload:
        async with reading(self._pool) as connection:
            return await _with_parts(connection, await self._row(connection, upload_id))

    async def uploads(self, *, before: UploadId | None, limit: int) -> list[Upload]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    """select * from uploads where {mine} and (%(before)s::text is null or id < %(before)s)
                         and expires_at > %(now)s order by id desc limit %(limit)s""",
                    {"before": before, "limit": limit, "now": self._clock.now()},
                ),
            )
        return [_from_row(row, ()) for row in rows]

    async def keep_part(self, upload_id: UploadId, part: UploadPart, *, by_offset: bool) -> Upload:
        async with transaction(self._pool) as connection:
            row = await self._row(connection, upload_id, locked=True)
            _require_open(row)
            if row["by_offset"] is not None and row["by_offset"] != by_offset:
                raise Conflict("The parts of this upload are named the other way: by number, or by offset.")
            await run(
                connection,
                """insert into upload_parts (upload_id, position, size_bytes, sha256, blob_key)
                   values (%(upload)s, %(position)s, %(size)s, %(sha256)s, %(key)s)
                   on conflict (upload_id, position) do update set
                     size_bytes = excluded.size_bytes, sha256 = excluded.sha256, blob_key = excluded.blob_key""",
                {
                    "upload": upload_id,
                    "position": part.position,
                    "size": part.size_bytes,
                    "sha256": part.sha256,
                    "key": part.blob_key,
                },
            )
            row = await only(
                connection,
                "update uploads set by_offset = %(by_offset)s where id = %(id)s returning *",
                {"id": upload_id, "by_offset": by_offset},
            )
            upload = await _with_parts(connection, row)
            if len(upload.parts) > MAX_PARTS:
                raise Conflict(f"An upload has at most {MAX_PARTS} parts; send larger ones.", limit=MAX_PARTS)
        return upload

    async def complete(self, upload_id: UploadId, file: StoredFile) -> Upload:
        async with transaction(self._pool) as connection:
            row = await self._row(connection, upload_id, locked=True)
            if row["file_id"] is None:
                _require_open(row)
                await insert_file(connection, file)
                row = await only(
                    connection,
                    "update uploads set file_id = %(file)s where id = %(id)s returning *",
                    {"id": upload_id, "file": file.id},
                )
                await self._drop_parts(connection, upload_id)
        return _from_row(row, ())

    async def abort(self, upload_id: UploadId) -> Upload:
        async with transaction(self._pool) as connection:
            row = await self._row(connection, upload_id, locked=True)
            if row["file_id"] is not None:
                raise Conflict("The upload is completed; delete its file instead.")
            if row["aborted_at"] is None:
                row = await only(
                    connection,
                    "update uploads set aborted_at = %(now)s where id = %(id)s returning *",
                    {"id": upload_id, "now": self._clock.now()},
                )
                await self._drop_parts(connection, upload_id)
        return _from_row(row, ())

    async def _drop_parts(self, connection: Connection, upload_id: UploadId) -> None:
        await run(connection, "delete from upload_parts where upload_id = %(id)s", {"id": upload_id})
        await erasures.owe(connection, [upload_prefix(upload_id)], self._clock.now())

    async def _row(self, connection: Connection, upload_id: UploadId, *, locked: bool = False) -> Row:
        row = await one(
            connection,
            *self._scope.sql(
                "select * from uploads where id = %(id)s and expires_at > %(now)s and {mine}"
                + (" for update" if locked else ""),
                {"id": upload_id, "now": self._clock.now()},
            ),
        )
        if row is None:
            raise NotFound("There is no such upload.")
        return row


async def _with_parts(connection: Connection, row: Row) -> Upload:
    parts = await many(
        connection, "select * from upload_parts where upload_id = %(id)s order by position", {"id": row["id"]}
    )
    return _from_row(
        row,
        tuple(
            UploadPart(part["position"], part["size_bytes"], part["sha256"], part["blob_key"])
            for part in parts
        ),
    )


def _require_open(row: Row) -> None:
    if row["file_id"] is not None:
        raise Conflict("The upload is completed.")
    if row["aborted_at"] is not None:
        raise Conflict("The upload was aborted; start another one.")


def _from_row(row: Row, parts: tuple[UploadPart, ...]) -> Upload:
    return Upload(
        id=UploadId(row["id"]),
        organization_id=OrganizationId(row["organization_id"]),
        project_id=ProjectId(row["project_id"]),
        key_id=KeyId(row["key_id"]) if row["key_id"] else None,
        filename=row["filename"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        by_offset=row["by_offset"],
        file_id=FileId(row["file_id"]) if row["file_id"] else None,
        aborted_at=row["aborted_at"],
        parts=parts,
    )
