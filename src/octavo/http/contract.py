"""The parts of the OpenAPI document that the code does not say by itself.

Bodies that are read by hand, downloads, streams, and the problems each call may answer with.
"""

from typing import Any

from octavo.exporters.table import EXPORTERS
from octavo.http.problems import MEDIA_TYPE as PROBLEM_MEDIA_TYPE
from octavo.http.problems import title_of

Answers = dict[int | str, dict[str, Any]]
Extra = dict[str, Any]

_TEXT = {"schema": {"type": "string"}}
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_MANY = 10


def _ref(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}


_PROBLEM = {"content": {PROBLEM_MEDIA_TYPE: {"schema": _ref("Problem")}}}


def answers(*problems: int, job: int | None = None) -> Answers:
    """Problems by status, and the status of a second way to answer with the job."""
    found: Answers = {
        status: {"description": title_of(status), **_PROBLEM}
        for status in sorted({*problems, 500} | ({422} if 422 in problems else set()))
    }
    if job is not None:
        found[job] = {
            "description": "The job has ended",
            "content": {"application/json": {"schema": _ref("JobAnswer")}},
        }
    return found


def download(content: dict[str, Any]) -> Answers:
    """200 and 206 with the bytes, 304 without."""
    headers = {
        name: {"schema": {"type": "string"}}
        for name in ("ETag", "Accept-Ranges", "Content-Disposition", "Content-Range")
    }
    return {
        200: {"description": "The bytes", "content": content, "headers": headers},
        206: {"description": "The range asked for", "content": content, "headers": headers},
        304: {"description": "Not changed since `If-None-Match`"},
    }


def json_body(schema: str) -> Extra:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": _ref(schema)}}}}


def form_body(form: str, json: str | None, *, raw: bool = False) -> Extra:
    content: dict[str, Any] = {"multipart/form-data": {"schema": _ref(form)}}
    if json:
        content["application/json"] = {"schema": _ref(json)}
    if raw:
        content["application/octet-stream"] = _BYTES
    return {"requestBody": {"required": True, "content": content}}


def _header(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "description": description, "schema": schema}


IDEMPOTENCY_HEADER = _header(
    "Idempotency-Key",
    "The same key with the same request answers with what it made the first time.",
    {"type": "string", "pattern": "^[!-~]{1,255}$"},
)
SUBMIT_BODY: Extra = {
    **form_body("SubmitForm", "SubmitBody"),
    "parameters": [
        IDEMPOTENCY_HEADER,
        _header(
            "Prefer", "`wait=N`: answer when the job has ended, at most N seconds later.", {"type": "string"}
        ),
    ],
}
IF_MATCH: Extra = {
    "parameters": [
        _header("If-Match", "The ETag seen last; `409` when there is another by now.", {"type": "string"})
    ]
}
NOT_CHANGED: Answers = {304: {"description": "Not changed since `If-None-Match`"}}
JSON_SCHEMA: Answers = {
    200: {
        "description": "The schema",
        "content": {"application/schema+json": {"schema": {"type": "object"}}},
    }
}
RAW_BODY: Extra = {"requestBody": {"required": True, "content": {"application/octet-stream": _BYTES}}}
INSPECT_BODY = form_body("InspectForm", "InspectOptions")
FILE_BODY = form_body("FileForm", None, raw=True)

METADATA_FILTER: Extra = {
    "parameters": [
        {
            "name": "metadata",
            "in": "query",
            "required": False,
            "description": "`metadata.<key>=<value>`: jobs whose metadata has this text at this key.",
            "style": "form",
            "explode": True,
            "schema": {
                "type": "object",
                "additionalProperties": False,
                "patternProperties": {r"^metadata\.": {"type": "string"}},
            },
        }
    ]
}


def _content(media_type: str) -> dict[str, Any]:
    """JSON is an object, text is text, all else is bytes."""
    plain = media_type.partition(";")[0]
    if plain == "application/json":
        return {"schema": {"type": "object"}}
    is_text = plain.startswith("text/") or plain.endswith(("xml", "json", "ndjson"))
    return _TEXT if is_text and "officedocument" not in plain else _BYTES


RESULT_CONTENT: dict[str, Any] = {
    exporter.media_type: _content(exporter.media_type) for exporter in EXPORTERS.values()
}
PAGE_CONTENT: Answers = {
    200: {
        "description": "The page",
        "content": {
            media_type: content
            for media_type, content in RESULT_CONTENT.items()
            if media_type in {EXPORTERS[name].media_type for name in ("json", "markdown", "text")}
        },
    }
}
PICTURE_CONTENT: dict[str, Any] = {"image/*": {"schema": {"type": "string", "format": "binary"}}}


def _format_options() -> list[Extra]:
    """One query parameter for each option any format has, with the formats that know it."""
    known: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, exporter in EXPORTERS.items():
        for option, values in exporter.options.items():
            known.setdefault(option, {})[name] = values
    return [_format_option(option, by_format) for option, by_format in sorted(known.items())]


def _format_option(option: str, by_format: dict[str, tuple[str, ...]]) -> Extra:
    told = "; ".join(f"{name}: {', '.join(_shortened(values))}" for name, values in by_format.items())
    values = list(dict.fromkeys(value for values in by_format.values() for value in values))
    return {
        "name": option,
        "in": "query",
        "required": False,
        "description": f"Of some formats, the first value is the default. {told}.",
        "schema": {"type": "string", "enum": values},
    }


def _shortened(values: tuple[str, ...]) -> tuple[str, ...]:
    """Of many numbers in a row, the first and the last."""
    return (*values[:2], "…", values[-1]) if len(values) > _MANY else values


RESULT_OPTIONS: Extra = {"parameters": _format_options()}
_EVENT: dict[str, Any] = {
    "type": "object",
    "description": "One event of the stream; `data` is JSON.",
    "properties": {name: {"type": "string"} for name in ("id", "event", "data", "retry")},
}
EVENT_STREAM: Answers = {
    200: {"description": "The events", "content": {"text/event-stream": {"schema": _EVENT}}},
    204: {"description": "The job has ended, and there is nothing new"},
}

_FILE_PROPERTY: dict[str, Any] = {"type": "string", "format": "binary", "description": "The document."}

STATUS_OPERATION: dict[str, Any] = {
    "tags": ["jobs"],
    "summary": "Read a job",
    "description": "The job as it stands; with `wait`, as soon as it has ended or after so many seconds.",
    "operationId": "read_job",
    "parameters": [
        {"name": "job_id", "in": "path", "required": True, "schema": {"type": "string"}},
        {
            "name": "wait",
            "in": "query",
            "required": False,
            "description": "Seconds; capped by the server.",
            "schema": {"type": "integer", "minimum": 0, "maximum": 999_999},
        },
        _header("If-None-Match", "The ETag seen last.", {"type": "string"}),
    ],
    "responses": {
        "200": {
            "description": "The job",
            "content": {"application/json": {"schema": _ref("JobAnswer")}},
            "headers": {
                "ETag": {"schema": {"type": "string"}},
                "Retry-After": {"schema": {"type": "string"}},
            },
        },
        "304": {"description": "Not changed since `If-None-Match`"},
        **{str(status): told for status, told in answers(401, 403, 404, 422, 503).items()},
    },
}


def forms(schemas: dict[str, Any]) -> dict[str, Any]:
    """The schemas of the forms: their options, and the file."""
    return {
        "SubmitForm": _with_file(schemas["SubmitOptions"]),
        "InspectForm": _with_file(schemas["InspectOptions"]),
        "FileForm": {
            "type": "object",
            "required": ["file"],
            "properties": {"file": _FILE_PROPERTY, "metadata": {"type": "string", "description": "JSON."}},
        },
    }


def _with_file(options: dict[str, Any]) -> dict[str, Any]:
    """The file may be left out where `file_id` names one; a form has no null, only fields left out."""
    fields = {name: _without_null(schema) for name, schema in options["properties"].items()}
    return {**options, "properties": {"file": _FILE_PROPERTY, **fields}}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    if len(kinds) != 1 or len(kinds) == len(schema["anyOf"]):
        return schema
    told = {name: value for name, value in schema.items() if name not in {"anyOf", "default"}}
    return {**told, **kinds[0]}


READY_ANSWER: Answers = {
    503: {
        "description": "Not now",
        "content": {"application/json": {"schema": _ref("ReadyAnswer")}},
    }
}
METRICS_ANSWER: Answers = {
    200: {"description": "Prometheus text", "content": {"text/plain": _TEXT}},
}
