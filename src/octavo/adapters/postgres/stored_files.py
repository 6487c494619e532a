"""A stored file's row."""

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.connect import Connection, run
from octavo.domain.file import StoredFile


async def insert_file(connection: Connection, file: StoredFile) -> None:
    await run(
        connection,
        """insert into files (id, organization_id, project_id, filename, media_type, size_bytes, sha256,
                              created_at, expires_at, metadata, page_count)
           values (%(id)s, %(organization)s, %(project)s, %(filename)s, %(media_type)s, %(size)s,
                   %(sha256)s, %(created_at)s, %(expires_at)s, %(metadata)s, %(page_count)s)""",
        {
            "id": file.id,
            "organization": file.organization_id,
            "project": file.project_id,
            "filename": file.filename,
            "media_type": file.media_type,
            "size": file.size_bytes,
            "sha256": file.sha256,
            "created_at": file.created_at,
            "expires_at": file.expires_at,
            "metadata": Jsonb(file.metadata),
            "page_count": file.page_count,
        },
    )
