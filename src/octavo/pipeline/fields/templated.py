"""The fields of a user's own template: what the document type's finder has under that name, else by label."""

from collections.abc import Iterator
from dataclasses import replace

from octavo.domain.document_types.schema import specs_of
from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.field import Field, FieldCheck
from octavo.domain.template import FieldSpec, FieldType, Template
from octavo.pipeline.fields.candidates import Candidate, How
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.hits import Vocabulary
from octavo.pipeline.fields.items.find import read_table
from octavo.pipeline.fields.items.vocabulary import ColumnVocabulary
from octavo.pipeline.fields.labels import LabelSearch, readings_of
from octavo.pipeline.fields.other_names import renamed
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.values import entry_of, spec_at
from octavo.pipeline.fields.view import View

_IN_TABLE = 0.75
"""The score of a value below the head of its column."""
_RUNNING = "description"
"""What tables of entries call the column that runs on over several lines: our first text."""
_LEAST_COLUMNS = 2
"""Less is no table that can be told from other text."""
_LEAST_SCORE = 0.3
"""A value that stands less surely at its label is none."""


def find_templated(view: View, locale: Locale, template: Template, typed: Findings) -> Findings:
    """`typed` cut to the template's schema, also under other names; what it lacks from labels: its name, synonyms.

    Checks of the type that are about fields the template does not have are left out.
    """
    specs = specs_of(template.document_type or "", template)
    known = DOCUMENT_TYPES.get(template.document_type or "")
    fields = {
        field.path: field for field in typed.fields if _fits(field, specs, known.fields if known else ())
    }
    missing = [(path, spec) for path, spec in leaves_of(specs) if path not in fields]
    fields = renamed(typed.fields, missing, specs) | fields
    search = _search(view, locale, specs)
    for path, spec in leaves_of(specs):
        if path not in fields and (best := _best(search, path, spec)) is not None:
            fields[path] = best.to_field(path)
    for spec in specs:
        if spec.type is FieldType.ARRAY and not any(path.startswith(f"{spec.name}.") for path in fields):
            fields |= {field.path: field for field in _entries(view, locale, spec)}
    return Findings(list(fields.values()), _checks(typed, fields), typed.notes)


def _fits(field: Field, specs: tuple[FieldSpec, ...], typed: tuple[FieldSpec, ...]) -> bool:
    """The template has this path, for values of the kind the type finds there."""
    wanted, found = spec_at(specs, field.path), spec_at(typed, field.path)
    if wanted is None:
        return False
    if found is None:
        return True
    return _kind(wanted.type) is _kind(found.type)


def _kind(type_: FieldType) -> type[object]:
    return _KINDS.get(type_, str)


_KINDS: dict[FieldType, type[object]] = {
    FieldType.NUMBER: float,
    FieldType.INTEGER: float,
    FieldType.MONEY: float,
    FieldType.PERCENTAGE: float,
    FieldType.BOOLEAN: bool,
    FieldType.OBJECT: dict,
    FieldType.ARRAY: list,
}


def leaves_of(specs: tuple[FieldSpec, ...], above: str = "") -> list[tuple[str, FieldSpec]]:
    """Single values, also of objects; what repeats is no matter of one label."""
    found = []
    for spec in specs:
        if spec.type is FieldType.OBJECT:
            found += leaves_of(spec.fields, f"{above}{spec.name}.")
        elif spec.type is not FieldType.ARRAY:
            found.append((above + spec.name, spec))
    return found


def _entries(view: View, locale: Locale, spec: FieldSpec) -> Iterator[Field]:
    """A table whose columns are called what the fields of an entry are."""
    texts = [inner.name for inner in spec.fields if _kind(inner.type) is str]
    running = _RUNNING if _RUNNING in texts else next(iter(texts), "")
    members = {_RUNNING if inner.name == running else inner.name: inner for inner in spec.fields}
    if len(members) < _LEAST_COLUMNS:
        return
    for position, row in enumerate(read_table(view, _columns(members), locale)):
        for name, cell in row.cells.items():
            readings = readings_of(cell.tokens, members[name], locale) if name in members else []
            if readings:
                reading, tokens = readings[0]
                score = round(_IN_TABLE * reading.sure, 4)
                found = Candidate(reading.value, reading.raw_text, tokens, score, None, How.CELL)
                yield found.to_field(f"{spec.name}.{position}.{members[name].name}")


def _columns(members: dict[str, FieldSpec]) -> ColumnVocabulary:
    names = frozenset(members)
    numeric = frozenset(name for name, member in members.items() if _kind(member.type) is float)
    return ColumnVocabulary(
        columns={name: _labels(member.name, member) for name, member in members.items()},
        keys=numeric or names,
        texts=frozenset({_RUNNING}),
        needed=names,
        telling=names,
        numeric=numeric,
    )


def _search(view: View, locale: Locale, specs: tuple[FieldSpec, ...]) -> LabelSearch:
    """All labels at once, so that a value ends where the label of another field begins."""
    names = {path: _labels(path, spec) for path, spec in leaves_of(specs)}
    for spec in specs:
        if spec.type is FieldType.ARRAY and spec.fields:
            names |= {
                f"{spec.name}.{inner.name}": _labels(inner.name, inner) for inner in entry_of(spec).fields
            }
    return LabelSearch(view.rows, Vocabulary(names), locale)


def _labels(path: str, spec: FieldSpec) -> tuple[str, ...]:
    """Of a member of an object its full name too: `seller.name` is `seller name`."""
    words = {path.replace(".", " ").replace("_", " "), *spec.synonyms}
    return tuple(words | ({spec.name.replace("_", " ")} if "." not in path else set()))


def _best(search: LabelSearch, path: str, spec: FieldSpec) -> Candidate | None:
    found = [one for one in search.candidates(path, spec) if one.score >= _LEAST_SCORE]
    if spec.values:
        named = {value.casefold(): value for value in spec.values}
        found = [
            replace(one, value=named[str(one.value).casefold()])
            for one in found
            if str(one.value).casefold() in named
        ]
    return found[0] if found else None


def _checks(typed: Findings, fields: dict[str, Field]) -> list[FieldCheck]:
    return [check for check in typed.checks if all(path in fields for path in check.paths)]
