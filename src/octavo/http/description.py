"""The OpenAPI 3.1 document: what FastAPI finds in the code, and what `contract` adds to it."""

import json
import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from octavo.http.batches import NewBatch
from octavo.http.contract import STATUS_OPERATION, forms
from octavo.http.field_wire import CorrectFieldsBody
from octavo.http.keys import ChangeKey, NewKey, RotateKey
from octavo.http.options import InspectOptions, SubmitBody, SubmitOptions
from octavo.http.problems import Problem
from octavo.http.projects import ChangedProject, NewProject
from octavo.http.replays import ReplayBody
from octavo.http.template_wire import (
    ChangeTemplateBody,
    ExampleBody,
    NewTemplate,
    ReferenceBody,
    TemplateBody,
)
from octavo.http.uploads import NewUpload
from octavo.http.webhook_wire import ChangedWebhook, NewWebhook, RotatedSecret

_BODIES: tuple[type[BaseModel], ...] = (
    SubmitOptions,
    SubmitBody,
    InspectOptions,
    NewWebhook,
    ChangedWebhook,
    RotatedSecret,
    CorrectFieldsBody,
    NewTemplate,
    TemplateBody,
    ChangeTemplateBody,
    ExampleBody,
    ReferenceBody,
    NewBatch,
    NewKey,
    RotateKey,
    ChangeKey,
    ReplayBody,
    NewUpload,
    NewProject,
    ChangedProject,
)
_REF = re.compile(r"#/components/schemas/(\w+)")
_SECURITY: list[dict[str, list[str]]] = [{"bearer": []}, {"api_key": []}]
_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "api_key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
_DESCRIPTION = """Documents become jobs, jobs become structured text with boxes and confidence.

Errors are RFC 9457 problems: `400` asks for something that cannot be, `422` does not have the
documented shape (with `errors`) or is a document that cannot be read. `retryable` says whether the
same request may succeed later. Lists are read with opaque cursors."""


def describe(app: FastAPI) -> dict[str, Any]:
    """The document of `app`, as JSON values."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=_DESCRIPTION,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas.update(_body_schemas())
    schemas.update(forms(schemas))
    components["securitySchemes"] = _SCHEMES
    document["security"] = _SECURITY
    document["paths"]["/v1/jobs/{job_id}"]["get"] = STATUS_OPERATION
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _forget_foreign_errors(operation)
            if not path.startswith("/v1"):
                operation["security"] = []
    components["schemas"] = _used(document)
    return document


def _body_schemas() -> dict[str, Any]:
    _, definitions = models_json_schema(
        [(model, "validation") for model in _BODIES] + [(Problem, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    found: dict[str, Any] = definitions["$defs"]
    return found


def _forget_foreign_errors(operation: dict[str, Any]) -> None:
    """FastAPI adds its own 422 wherever a path has a parameter; ours are strings that cannot be wrong."""
    told = operation["responses"].get("422", {})
    if "HTTPValidationError" in _REF.findall(json.dumps(told)):
        del operation["responses"]["422"]


def _used(document: dict[str, Any]) -> dict[str, Any]:
    """The schemas that something refers to, by name."""
    schemas: dict[str, Any] = document["components"]["schemas"]
    waiting = set(_REF.findall(json.dumps(document["paths"])))
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        used.add(name)
        waiting |= set(_REF.findall(json.dumps(schemas[name]))) - used
    return {name: schemas[name] for name in sorted(used)}
