"""The history list as one statement: keyset pages on an index, never OFFSET."""

from typing import Any

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.rows import JOB_COLUMNS
from octavo.domain.ids import first_id_at
from octavo.ports.store import JobQuery

MAX_LIMIT = 200


def list_statement(query: JobQuery) -> tuple[str, dict[str, Any]]:
    """The statement, with `{mine}` for the tenant filter, and its parameters.

    Dates become id ranges, since ids begin with their time: one index serves both. Each status is
    a branch of its own, cut to the limit, since only `status = …` can walk an index in the order of
    ids; `status = any(…)` collects and sorts all that match.
    """
    params: dict[str, Any] = {"limit": min(query.limit, MAX_LIMIT)}
    conditions = ["{mine}"]
    for condition, name, value in _filters(query):
        if value is not None:
            conditions.append(condition)
            params[name] = value
    tail = f"order by id {'asc' if query.oldest_first else 'desc'} limit %(limit)s"
    branches = [_branch(conditions, tail)]
    if query.statuses:
        branches = []
        for number, status in enumerate(query.statuses):
            params[f"status_{number}"] = status.value
            branches.append(_branch([*conditions, f"status = %(status_{number})s"], tail))
    if len(branches) == 1:
        return branches[0], params
    return f"{' union all '.join(f'({branch})' for branch in branches)} {tail}", params


def _branch(conditions: list[str], tail: str) -> str:
    return f"select {JOB_COLUMNS} from jobs where {' and '.join(conditions)} {tail}"


def _filters(query: JobQuery) -> list[tuple[str, str, Any]]:
    """Condition, parameter name, parameter; a parameter of None does not filter."""
    from_, before = query.created_from, query.created_before
    return [
        ("id > %(before)s" if query.oldest_first else "id < %(before)s", "before", query.before),
        ("id >= %(from_id)s", "from_id", first_id_at(from_) if from_ else None),
        ("id < %(before_id)s", "before_id", first_id_at(before) if before else None),
        ("media_type = %(media_type)s", "media_type", query.media_type),
        ("engine = %(engine)s", "engine", query.engine),
        ("filename ilike %(text)s", "text", f"%{_escaped(query.text)}%" if query.text else None),
        ("metadata @> %(metadata)s", "metadata", Jsonb(dict(query.metadata)) if query.metadata else None),
    ]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
