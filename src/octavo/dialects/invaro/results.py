"""What a completed job answers: the fields of its document, in the schema's shape or in the vendor's own keys."""

from typing import Any

from octavo.dialects.invaro.custom import shape_by_schema
from octavo.dialects.invaro.invoices import shape_invoice
from octavo.dialects.invaro.schema_fields import parse_schema
from octavo.dialects.invaro.statements import shape_statement, with_categories
from octavo.domain.errors import InvalidRequest
from octavo.domain.job import Job
from octavo.domain.template import Template

SCHEMA = "schema"
"""Of a template's metadata: what its owner sent."""
_INVOICES = frozenset({"invoice", "freight_invoice", "receipt"})
_LINES = ("line_items", "items")


def results_of(job: Job, fields: dict[str, Any] | None, template: Template | None) -> dict[str, Any]:
    """Args:
    job: Completed.
    fields: Its fields as `exporters.fields_json` writes them; None where none were looked for.
    template: The one it was sent with.
    """
    if fields is None:
        return {}
    values: dict[str, Any] = fields["values"]
    shaped = _by_schema(values, template)
    if shaped is None:
        shaped = _cut(_by_type(values, str(fields["document_type"]), job), _options(job))
    if _options(job).get("categorize"):
        shaped = with_categories(shaped, values)
    if _options(job).get("detect_anomalies"):
        shaped["anomalies"] = [
            {"code": check["code"], "detail": check["detail"], "fields": check["paths"]}
            for check in fields["checks"]
            if not check["passed"]
        ]
    return shaped


def _by_schema(values: dict[str, Any], template: Template | None) -> dict[str, Any] | None:
    if template is None or not template.fields:
        return None
    if SCHEMA in template.metadata:
        try:
            schema = parse_schema(template.metadata[SCHEMA], template.document_type or "")
        except InvalidRequest:
            return values
        return shape_by_schema(schema, values)
    return values


def _by_type(values: dict[str, Any], document_type: str, job: Job) -> dict[str, Any]:
    """By what the document is; by how it was sent where it is neither. Others have our own keys."""
    if document_type == "bank_statement":
        return shape_statement(values)
    if document_type in _INVOICES or job.metadata.get("kind") == "invoices":
        return shape_invoice(values)
    return dict(values)


def _options(job: Job) -> dict[str, Any]:
    given = job.metadata.get("options")
    return given if isinstance(given, dict) else {}


def _cut(shaped: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """Without what the order did not want."""
    unwanted: set[str] = set()
    if options.get("extract_line_items") is False or options.get("extract_items") is False:
        unwanted |= set(_LINES)
    if options.get("extract_transactions") is False:
        unwanted.add("transactions")
    if options.get("extract_tables") is False:
        unwanted |= {*_LINES, "transactions"}
    kept = {name: value for name, value in shaped.items() if name not in unwanted}
    if options.get("detect_tax") is False:
        kept.pop("tax_calculation", None)
        kept.pop("total_calculation", None)
        if isinstance(kept.get("amounts"), dict):
            kept["amounts"] = {name: value for name, value in kept["amounts"].items() if name != "tax"}
    return kept
