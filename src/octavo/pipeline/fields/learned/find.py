"""Values by the examples of a template: start reading at `find_learned`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from octavo.domain.document_types.schema import specs_of
from octavo.domain.field import Alternative, Field, FieldSource
from octavo.domain.template import Example, FieldSpec, Template
from octavo.pipeline.fields.candidates import Candidate
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.learned.entries import Table, entries_at, paths_of, tables_of
from octavo.pipeline.fields.learned.layout import Fit, anchors_from, fit
from octavo.pipeline.fields.learned.sheet import Box, Sheet, around
from octavo.pipeline.fields.learned.single import Page, value_at
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.values import spec_at
from octavo.pipeline.fields.view import View

LEARNED = "learned"
"""The check of a value that stands where an example has it, and the note of a document that is laid out like one."""
_MOST_PAGES = 20
"""That an example's page is looked for among."""
_SURE_ENOUGH = 0.55
"""From here on the place counts more than a label."""
_CERTAIN = frozenset({FieldSource.EMBEDDED, FieldSource.PERSON})
_AGREED = 0.4
"""Of the doubt, what is left where label and place say the same."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A page of an example on the page of the document that is like it."""

    sheet: Sheet
    fit: Fit
    values: Mapping[str, list[Box]]
    tables: Sequence[Table]


def find_learned(view: View, locale: Locale, template: Template, found: Findings) -> Findings:
    """`found` with what the examples of the document's layout say; unchanged where none is like it.

    A value at its place counts more than one at a label, unless that was verified; entries of an array
    are taken from the table as the example's columns read it, unless they add up as they were found.
    """
    specs = specs_of(template.document_type or "", template)
    fields = {field.path: field for field in found.fields}
    laid = _best_first(view, template.examples, specs)
    learned, arrays = _learned(laid, locale, specs, found)
    if not learned:
        return found
    gone = {path for path in fields if path.partition(".")[0] in arrays and path not in learned}
    gone |= {path for path, field in fields.items() if path not in learned and _is_the_forms_own(field, laid)}
    kept = {path: field for path, field in fields.items() if path not in gone}
    for path, candidate in learned.items():
        kept[path] = _chosen(fields.get(path), candidate, path)
    changed = gone | {
        path for path, field in kept.items() if path in fields and field.value != fields[path].value
    }
    checks = [check for check in found.checks if not changed.intersection(check.paths)]
    return Findings(list(kept.values()), checks, [*found.notes, LEARNED])


def _learned(
    pages: Sequence[_Laid], locale: Locale, specs: Sequence[FieldSpec], found: Findings
) -> tuple[dict[str, Candidate], set[str]]:
    """By path, each from the example that the document is most like; and the arrays that were read anew."""
    learned: dict[str, Candidate] = {}
    arrays: set[str] = set()
    for laid in pages:
        for table in laid.tables:
            if table.spec.name in arrays or _is_proven(table.spec.name, found):
                continue
            rows = dict(paths_of(table, entries_at(laid.sheet, laid.fit, locale, table)))
            if rows:
                arrays.add(table.spec.name)
                learned |= rows
        learned |= {path: value for path, value in _singles(laid, specs, locale) if path not in learned}
    return learned, arrays


def _best_first(view: View, examples: Iterable[Example], specs: Sequence[FieldSpec]) -> list[_Laid]:
    sheets = [Sheet(page) for page in view.pages[:_MOST_PAGES]]
    laid = [
        one for example in examples for kept in example.anchors for one in _lay(kept, example, sheets, specs)
    ]
    return sorted(laid, key=lambda one: -one.fit.share)


def _lay(
    kept: Mapping[str, Any], example: Example, sheets: Sequence[Sheet], specs: Sequence[FieldSpec]
) -> Iterator[_Laid]:
    """On the page with the same number first, else on the one it is most like."""
    values = _values(kept, example)
    if not values:
        return
    tables = tables_of(values, specs, [Box(*edges) for _, *edges in kept["words"]])
    band = around([table.band for table in tables]) if tables else None
    anchors = anchors_from(kept["words"], band)
    same = [sheet for sheet in sheets if sheet.page.number == kept["page"]]
    rest = [sheet for sheet in sheets if sheet.page.number != kept["page"]]
    for some in (same, rest):
        fits = [(found, sheet) for sheet in some if (found := fit(anchors, sheet)) is not None]
        if fits:
            best, sheet = max(fits, key=lambda one: one[0].share)
            yield _Laid(sheet, best, values, tables)
            return


def _values(kept: Mapping[str, Any], example: Example) -> dict[str, list[Box]]:
    """As the example keeps them; those kept before places were, from its fields."""
    if "values" in kept:
        return {path: [Box(*edges) for edges in lines] for path, lines in kept["values"].items()}
    values = {
        field.path: [
            Box(*place.bbox.to_list())
            for place in field.places
            if place.page == kept["page"] and place.bbox is not None
        ]
        for field in example.fields
    }
    return {path: lines for path, lines in values.items() if lines}


def _singles(laid: _Laid, specs: Sequence[FieldSpec], locale: Locale) -> Iterator[tuple[str, Candidate]]:
    table = around([table.band for table in laid.tables]) if laid.tables else None
    page = Page(laid.sheet, laid.fit, locale, table)
    arrays = tuple(f"{table.spec.name}." for table in laid.tables)
    for path, lines in laid.values.items():
        spec = spec_at(tuple(specs), path)
        if spec is None or path.startswith(arrays):
            continue
        others = [box for other, boxes in laid.values.items() if other != path for box in boxes]
        candidate = value_at(page, lines, spec, others)
        if candidate is not None:
            yield path, candidate


def _is_the_forms_own(field: Field, pages: Sequence[_Laid]) -> bool:
    """What a label seemed to have is no value where the example says the very same words in the same place."""
    if field.verified or field.source in _CERTAIN or not field.places:
        return False
    fixed = {id(match.token) for laid in pages for match in laid.fit.matches}
    words = [
        token
        for laid in pages
        for token, _ in laid.sheet.words
        for place in field.places
        if token.placed
        and place.bbox is not None
        and place.page == token.page
        and place.bbox.intersection_area(token.bbox) > token.bbox.area / 2
    ]
    return bool(words) and all(id(token) in fixed for token in words)


def _is_proven(array: str, found: Findings) -> bool:
    """Its entries add up as they were found."""
    begins = f"{array}."
    return any(
        check.passed
        and check.code in {"sum", "balance"}
        and any(path.startswith(begins) for path in check.paths)
        for check in found.checks
    )


def _chosen(before: Field | None, candidate: Candidate, path: str) -> Field:
    said = replace(candidate.to_field(path), checks=(LEARNED,))
    if before is None:
        return said
    if before.value == said.value:
        sure = max(before.confidence or 0.0, candidate.score)
        raised = round(1 - (1 - sure) * _AGREED, 4)
        return replace(before, confidence=raised, checks=(*before.checks, LEARNED))
    if before.verified or (candidate.score < _SURE_ENOUGH and candidate.score <= (before.confidence or 0.0)):
        return _beside(before, said, "stands where an example has this field")
    return _beside(said, before, "stands at its label, but elsewhere than in the example")


def _beside(kept: Field, other: Field, reason: str) -> Field:
    told = Alternative(other.value, other.raw_text, other.places, other.confidence, reason)
    return replace(kept, alternatives=(told, *kept.alternatives))
