"""The history list as one statement: keyset pages on an index. OFFSET only for callers who count in pages."""

from typing import Any

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.rows import JOB_COLUMNS
from octavo.domain.ids import first_id_at
from octavo.ports.history import JobQuery, JobSort

MAX_LIMIT = 200


def list_statement(query: JobQuery) -> tuple[str, dict[str, Any]]:
    """The statement, with `{mine}` for the tenant filter, and its parameters.

    Dates become id ranges, since ids begin with their time: one index serves both. Each status is
    a branch of its own, cut to the limit, since only `status = …` can walk an index in the order of
    ids; `status = any(…)` collects and sorts all that match.
    """
    filtered, params = _conditions(query)
    params |= {"limit": min(query.limit, MAX_LIMIT), "offset": query.offset}
    direction = "asc" if query.oldest_first else "desc"
    order = f"order by {_SORTED_BY[query.sort].format(direction=direction)}"
    page = f"{order} limit %(limit)s offset %(offset)s"
    if len(filtered) == 1:
        return _branch(JOB_COLUMNS, filtered[0], page), params
    each = f"{order} limit %(limit)s::integer + %(offset)s::integer"
    union = _joined([_branch(JOB_COLUMNS, one, each) for one in filtered])
    return f"select * from ({union}) jobs {page}", params


def count_statement(query: JobQuery, at_most: int) -> tuple[str, dict[str, Any]]:
    """One row with `found`: how many the filters let through, counted no further than `at_most`."""
    filtered, params = _conditions(query)
    branches = [_branch("id", one, "limit %(at_most)s") for one in filtered]
    # PostgreSQL takes a lone branch with its limit for one with two.
    rows = branches[0] if len(branches) == 1 else f"{_joined(branches)} limit %(at_most)s"
    return f"select count(*) as found from ({rows}) counted", {**params, "at_most": at_most}


_SORTED_BY = {
    JobSort.CREATED: "id {direction}",
    JobSort.UPDATED: "updated_at {direction}, id {direction}",
    JobSort.FINISHED: "finished_at {direction} nulls last, id {direction}",
    JobSort.FILENAME: "filename {direction} nulls last, id {direction}",
    JobSort.CONFIDENCE: (
        "coalesce((fields->>'confidence')::double precision, mean_confidence) {direction} nulls last, id {direction}"
    ),
}


def _conditions(query: JobQuery) -> tuple[list[list[str]], dict[str, Any]]:
    """The conditions of each branch, one a status, and the parameters of all."""
    params: dict[str, Any] = {}
    conditions = ["{mine}", "result_deleted_at is null"] if query.kept else ["{mine}"]
    for condition, name, value in _filters(query):
        if value is not None:
            conditions.append(condition)
            params[name] = value
    for number, status in enumerate(query.statuses):
        params[f"status_{number}"] = status.value
    branches = [[*conditions, f"status = %(status_{number})s"] for number in range(len(query.statuses))]
    matches = _matches(query)
    params |= {f"template_{number}": id_ for number, id_ in enumerate(query.text_templates)}
    return [[*branch, *match] for branch in branches or [conditions] for match in matches], params


def _matches(query: JobQuery) -> list[list[str]]:
    """The ways in which a row can have the text, one a branch, no row in two of them."""
    if not query.text or not query.text_templates:
        return [[]]
    by_template = [f"template_id = %(template_{number})s" for number in range(len(query.text_templates))]
    return [[_NAMED], *([one, f"({_NAMED}) is not true"] for one in by_template)]


_NAMED = "filename ilike %(text)s"


def _branch(columns: str, conditions: list[str], tail: str) -> str:
    return f"select {columns} from jobs where {' and '.join(conditions)} {tail}"


def _joined(branches: list[str]) -> str:
    return " union all ".join(f"({branch})" for branch in branches)


def _filters(query: JobQuery) -> list[tuple[str, str, Any]]:
    """Condition, parameter name, parameter; a parameter of None does not filter."""
    from_, before = query.created_from, query.created_before
    return [
        ("id > %(before)s" if query.oldest_first else "id < %(before)s", "before", query.before),
        ("id >= %(from_id)s", "from_id", first_id_at(from_) if from_ else None),
        ("id < %(before_id)s", "before_id", first_id_at(before) if before else None),
        ("media_type = %(media_type)s", "media_type", query.media_type),
        ("engine = %(engine)s", "engine", query.engine),
        ("document_type = %(document_type)s", "document_type", query.document_type),
        ("template_id = %(template_id)s", "template_id", query.template_id),
        (
            "true" if query.text_templates else _NAMED,
            "text",
            f"%{escaped(query.text)}%" if query.text else None,
        ),
        ("batch_id = %(batch)s", "batch", query.batch_id),
        ("id = any(%(ids)s)", "ids", list(query.ids) or None),
        ("metadata @> %(metadata)s", "metadata", Jsonb(dict(query.metadata)) if query.metadata else None),
    ]


def escaped(text: str) -> str:
    """For `like`: the signs it knows stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
