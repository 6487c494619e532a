"""Found values held against the owner's tables: mended, resolved, and what their rows add.  Start at `refer`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from octavo.domain.errors import InvalidRequest
from octavo.domain.field import Alternative, Field, FieldSource, Scalar
from octavo.domain.template import FieldSpec, FieldType, Reference
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.references.column import Column, column_of
from octavo.pipeline.fields.references.names import names_of_column, names_of_field, names_of_table
from octavo.pipeline.fields.references.tables import KEY, VALUE, Row, Table, tables_of
from octavo.pipeline.fields.values import require_value, spec_at

REFERENCE = "reference"
"""The check of a value that the owner's tables know."""
_OWN = frozenset({FieldSource.PERSON, FieldSource.EMBEDDED})
_TEXTS = frozenset({FieldType.STRING, FieldType.TEXT, FieldType.ENUM})
_KNOWN, _ADDED = 0.5, 0.9
"""What is left of the doubt of a value that is known; of its certainty, in what its row adds."""
_READ_SO = "as it is printed; a reference of the template knows it by another name"


def refer(findings: Findings, specs: Sequence[FieldSpec], references: Iterable[Reference]) -> Findings:
    """The findings after all tables were asked: a value that a table knows under another name is named as there,
    and fields that the document does not say are taken from the rows of those it says.

    What a person or the document's own data says stays. Neither are values refused that no table knows.
    """
    tables = [_Asked(table) for one in references if one.text for table in _tables(one)]
    if not tables:
        return findings
    fields = {field.path: field for field in findings.fields}
    hits: list[_Hit] = []
    for path, field in list(fields.items()):
        spec = spec_at(tuple(specs), path)
        if spec is not None and isinstance(field.value, str) and field.source not in _OWN:
            hit = _first_hit(field, spec, tables)
            if hit is not None:
                fields[path] = _named(field, hit.value)
                hits.append(hit)
    for hit in hits:
        for added in _added(hit, fields, specs):
            fields.setdefault(added.path, added)
    return Findings(list(fields.values()), findings.checks, findings.notes)


@dataclass(frozen=True, slots=True)
class _Hit:
    path: str
    value: str
    """As the table has it."""
    table: Table
    row: Row
    confidence: float | None


def _tables(reference: Reference) -> tuple[Table, ...]:
    try:
        return tables_of(reference.name, reference.text or "")
    except InvalidRequest:
        return ()


@dataclass(slots=True)
class _Asked:
    """A table, and the columns of it that were asked."""

    table: Table
    columns: dict[str, Column] = dataclass_field(default_factory=dict)

    def hit(self, field: Field, spec: FieldSpec) -> _Hit | None:
        names = names_of_field(field.path)
        if self.table.is_mapping:
            row = self._meaning(
                str(field.value), spec, is_named=not names.isdisjoint(names_of_table(self.table))
            )
            name = VALUE
        else:
            name = next((one for one in self.table.columns if names & names_of_column(self.table, one)), "")
            row = self._column(name).row(str(field.value)) if name else None
        return None if row is None else _Hit(field.path, str(row[name]), self.table, row, field.confidence)

    def _meaning(self, value: str, spec: FieldSpec, *, is_named: bool) -> Row | None:
        """Of a mapping that is named as the field; of any other, for texts that are a key and nothing else."""
        if not is_named and spec.type not in _TEXTS:
            return None
        row = self._column(KEY).exactly(value)
        return None if row is None or (spec.values and str(row[VALUE]) not in spec.values) else row

    def _column(self, name: str) -> Column:
        if name not in self.columns:
            self.columns[name] = column_of(self.table, name)
        return self.columns[name]


def _first_hit(field: Field, spec: FieldSpec, tables: Iterable[_Asked]) -> _Hit | None:
    return next((hit for table in tables if (hit := table.hit(field, spec)) is not None), None)


def _named(field: Field, value: str) -> Field:
    sure = None if field.confidence is None else round(1 - (1 - field.confidence) * _KNOWN, 4)
    known = replace(field, confidence=sure, checks=(*field.checks, REFERENCE))
    if value == field.value:
        return known
    printed = Alternative(field.value, field.raw_text, field.places, field.confidence, _READ_SO)
    return replace(known, value=value, alternatives=(printed, *field.alternatives))


def _added(hit: _Hit, fields: Mapping[str, Field], specs: Sequence[FieldSpec]) -> Iterator[Field]:
    """What the row says of fields beside this one: of its object or entry, or of the document."""
    if hit.table.is_mapping:
        return
    above = hit.path.rpartition(".")[0]
    for path, spec in _beside(above, specs):
        if path in fields:
            continue
        names = names_of_field(path)
        for column, cell in hit.row.items():
            if not names.isdisjoint(names_of_column(hit.table, column)):
                value = _as_wanted(path, cell, spec)
                if value is not None:
                    sure = None if hit.confidence is None else round(hit.confidence * _ADDED, 4)
                    yield Field(path, value, FieldSource.COMPUTED, confidence=sure, checks=(REFERENCE,))
                break


def _beside(above: str, specs: Sequence[FieldSpec]) -> Iterator[tuple[str, FieldSpec]]:
    inner: Iterable[FieldSpec] = specs
    if above:
        holder = spec_at(tuple(specs), above)
        inner = holder.fields if holder is not None else ()
    for spec in inner:
        if spec.type not in {FieldType.OBJECT, FieldType.ARRAY}:
            yield (f"{above}.{spec.name}" if above else spec.name), spec


_NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY, FieldType.PERCENTAGE, FieldType.INTEGER})


def _as_wanted(path: str, cell: Scalar, spec: FieldSpec) -> Scalar | None:
    """None where it is no value of the field's type."""
    value = cell
    if spec.type in _NUMBERS and isinstance(cell, str):
        try:
            value = int(cell) if spec.type is FieldType.INTEGER else float(cell)
        except ValueError:
            return None
    elif spec.type not in {*_NUMBERS, FieldType.BOOLEAN} and not isinstance(cell, str):
        value = str(cell)
    try:
        return require_value(path, value, spec)
    except InvalidRequest:
        return None
