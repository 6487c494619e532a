"""What a template has beside its versions: examples and references, each in force from one version to another."""

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.connect import Connection, many, run
from octavo.adapters.postgres.rows import Row
from octavo.adapters.postgres.templates.rows import example_to_row
from octavo.domain.template import Reference, Template

_IN_FORCE = """template_id = %(id)s and since_version <= %(version)s
             and (until_version is null or until_version > %(version)s)"""
_TABLES = ("template_examples", "template_references")


async def read_examples(connection: Connection, template_id: str, version: int) -> list[Row]:
    return await many(
        connection,
        f"select * from template_examples where {_IN_FORCE} order by since_version, id",
        {"id": template_id, "version": version},
    )


async def read_references(
    connection: Connection, template_id: str, version: int, *, with_text: bool
) -> tuple[Reference, ...]:
    rows = await many(
        connection,
        f"""select id, name, size_bytes, entries, created_at, case when %(whole)s then text end as text
            from template_references where {_IN_FORCE} order by since_version, id""",
        {"id": template_id, "version": version, "whole": with_text},
    )
    return tuple(
        Reference(
            row["id"], row["name"], row["size_bytes"], row["entries"], row["created_at"], text=row["text"]
        )
        for row in rows
    )


async def keep(connection: Connection, template: Template) -> None:
    """As of this version: those that are there already stay as they are, those that are left out end."""
    kept = [[one.id for one in template.examples], [one.id for one in template.references]]
    for table, ids in zip(_TABLES, kept, strict=True):
        await run(
            connection,
            f"""update {table} set until_version = %(version)s
               where template_id = %(id)s and until_version is null and id <> all(%(kept)s)""",
            {"id": template.id, "version": template.version, "kept": ids},
        )
    await _insert_examples(connection, template)
    await _insert_references(connection, template)


async def erase(connection: Connection, template_id: str) -> None:
    for table in _TABLES:
        await run(connection, f"delete from {table} where template_id = %(id)s", {"id": template_id})


async def _insert_examples(connection: Connection, template: Template) -> None:
    for example in template.examples:
        await run(
            connection,
            """insert into template_examples (id, template_id, since_version, content, created_at)
               values (%(id)s, %(template)s, %(version)s, %(content)s, %(now)s) on conflict (id) do nothing""",
            {
                "id": example.id,
                "template": template.id,
                "version": template.version,
                "content": Jsonb(example_to_row(example)),
                "now": example.created_at,
            },
        )


async def _insert_references(connection: Connection, template: Template) -> None:
    """Those with a text; without it they came from here."""
    for one in template.references:
        if one.text is not None:
            await run(
                connection,
                """insert into template_references (id, template_id, since_version, name, size_bytes, entries,
                                                    text, created_at)
                   values (%(id)s, %(template)s, %(version)s, %(name)s, %(size)s, %(entries)s, %(text)s, %(now)s)
                   on conflict (id) do nothing""",
                {
                    "id": one.id,
                    "template": template.id,
                    "version": template.version,
                    "name": one.name,
                    "size": one.size_bytes,
                    "entries": one.entries,
                    "text": one.text,
                    "now": one.created_at,
                },
            )
