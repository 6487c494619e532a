"""The fields of a document as JSON values, and back: what is stored, what the API answers, what exports show.

`values` is the tree of the schema, null where the document does not say; `evidence` has one entry
for each value, by its path; `checks` are the rules that were tried.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from octavo.domain.field import (
    Alternative,
    Field,
    FieldCheck,
    Fields,
    FieldSource,
    ModelUse,
    Place,
    TypeGuess,
    nest,
)
from octavo.domain.geometry import BBox
from octavo.domain.template import FieldSpec, FieldType

DIGITS = 4
_TEMPLATE = "tpl_"
"""In front of a template's id wherever it is shown."""
Json = dict[str, Any]


def fields_to_json(fields: Fields, specs: tuple[FieldSpec, ...]) -> Json:
    """`specs` is the schema that was looked for: it says which values are missing, and their order."""
    return {
        "document_type": fields.document_type,
        "document_type_confidence": fields.type_confidence,
        "candidates": [
            {"document_type": guess.document_type, "confidence": guess.confidence} for guess in fields.guesses
        ],
        "locale": fields.locale,
        "template": _template(fields),
        "values": values_tree(fields.found, specs),
        "evidence": {field.path: field_to_json(field) for field in fields.found},
        "checks": [_check_to_json(check) for check in fields.checks],
        "confidence": fields.mean_confidence,
        "notes": list(fields.notes),
        "model": model_to_json(fields.model),
    }


def fields_from_json(values: Json) -> Fields:
    """What `fields_to_json` was given; the schema is not kept in it."""
    template = values["template"] or {}
    return Fields(
        document_type=values["document_type"],
        type_confidence=values["document_type_confidence"],
        found=tuple(field_from_json(path, evidence) for path, evidence in values["evidence"].items()),
        checks=tuple(_check_from_json(check) for check in values["checks"]),
        guesses=tuple(
            TypeGuess(guess["document_type"], guess["confidence"]) for guess in values["candidates"]
        ),
        locale=values["locale"],
        template_id=template["id"].removeprefix(_TEMPLATE) if template else None,
        template_version=template.get("version"),
        notes=tuple(values["notes"]),
        model=ModelUse(**used) if (used := values.get("model")) else None,
    )


def model_to_json(use: ModelUse | None) -> Json | None:
    """None where no language model was asked."""
    return asdict(use) if use else None


def values_tree(found: Iterable[Field], specs: tuple[FieldSpec, ...]) -> Json:
    """Nested values in the order of the schema: null where there is none, an empty list for an array.

    What is found beside the schema comes last.
    """
    return _completed(nest((field.path, field.value) for field in found), specs)


def field_to_json(field: Field) -> Json:
    return {
        "path": field.path,
        "value": field.value,
        "raw_text": field.raw_text,
        "page": field.places[0].page if field.places else None,
        "places": _places_to_json(field.places),
        "confidence": _rounded(field.confidence),
        "source": field.source.value,
        "verified": field.verified,
        "checks": list(field.checks),
        "alternatives": [
            {
                "value": other.value,
                "raw_text": other.raw_text,
                "places": _places_to_json(other.places),
                "confidence": _rounded(other.confidence),
                "reason": other.reason,
            }
            for other in field.alternatives
        ],
    }


def field_from_json(path: str, values: Json) -> Field:
    return Field(
        path=path,
        value=values["value"],
        source=FieldSource(values["source"]),
        raw_text=values["raw_text"],
        places=_places_from_json(values["places"]),
        confidence=values["confidence"],
        verified=values["verified"],
        checks=tuple(values["checks"]),
        alternatives=tuple(
            Alternative(
                value=other["value"],
                raw_text=other["raw_text"],
                places=_places_from_json(other["places"]),
                confidence=other["confidence"],
                reason=other["reason"],
            )
            for other in values["alternatives"]
        ),
    )


def _template(fields: Fields) -> Json | None:
    if fields.template_id is None:
        return None
    return {"id": _TEMPLATE + fields.template_id, "version": fields.template_version}


def _completed(tree: Any, specs: tuple[FieldSpec, ...]) -> Json:
    known = tree if isinstance(tree, dict) else {}
    named = {spec.name: _value(known.get(spec.name), spec) for spec in specs}
    return named | {name: value for name, value in known.items() if name not in named}


def _value(found: Any, spec: FieldSpec) -> Any:
    if spec.type is FieldType.OBJECT:
        return _completed(found, spec.fields)
    if spec.type is FieldType.ARRAY:
        entries = found if isinstance(found, list) else []
        return [_completed(entry, spec.fields) for entry in entries] if spec.fields else entries
    return found


def _places_to_json(places: tuple[Place, ...]) -> list[Json]:
    return [
        {
            "page": place.page,
            "bbox": [round(edge, DIGITS) for edge in place.bbox.to_list()] if place.bbox else None,
        }
        for place in places
    ]


def _places_from_json(places: list[Json]) -> tuple[Place, ...]:
    return tuple(
        Place(place["page"], BBox(*place["bbox"]) if place["bbox"] is not None else None) for place in places
    )


def _check_to_json(check: FieldCheck) -> Json:
    return {
        "code": check.code,
        "passed": check.passed,
        "detail": check.detail,
        "paths": list(check.paths),
    }


def _check_from_json(values: Json) -> FieldCheck:
    return FieldCheck(values["code"], values["passed"], values["detail"], tuple(values["paths"]))


def _rounded(confidence: float | None) -> float | None:
    return None if confidence is None else round(confidence, DIGITS)
