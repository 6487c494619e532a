"""The sender's own data beside what the pages say: one verifies the other, and differences are told."""

from collections.abc import Iterable
from dataclasses import replace

from octavo.domain.field import Alternative, Field, FieldCheck, FieldSource
from octavo.pipeline.fields.embedded.units import same_unit
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.items.vocabulary import plain
from octavo.pipeline.fields.prove import prove_invoice

CODE = "embedded"
INVOICE_NOTE, DIFFERS_NOTE = "embedded_invoice", "embedded_differs"
_PROSE = frozenset({"notes", "payment_terms", "description", "address", "street", "name"})
"""Texts that pages shorten, spell out or break differently: one within the other is the same."""
_UNSIGNED = frozenset({"discount_total", "amount_paid", "discount"})
"""Sums that are taken off: some write a minus, some do not."""
_SHORTEST = 4
"""Letters and digits that a text must have to be looked for on the pages."""
_LEAST = 0.005
_PRINTED = 0.5
"""Of the last digit that is printed: pages round prices that the data has in full."""


def compare_embedded(own: Iterable[Field], findings: Findings, text: str = "") -> None:
    """Make the embedded data the values of the findings, with the places where pages say the same.

    A value the pages say otherwise is the embedded one, with theirs as an alternative, a failed check and
    the note `embedded_differs`. What only the pages say stays as it is. `text` is all that the pages say: where
    a name, number or address of the data stands elsewhere on them, nothing differs.
    """
    said = _joined(text)
    visible = {field.path: field for field in findings.fields}
    embedded = {field.path: field for field in own}
    findings.notes.append(INVOICE_NOTE)
    for path, field in embedded.items():
        seen = visible.get(path)
        if seen is None or seen.source is FieldSource.COMPUTED:
            visible[path] = field
        elif agree(field, seen):
            visible[path] = _verified(field, seen)
        elif _stands_elsewhere(field, said):
            visible[path] = field
        else:
            visible[path] = _differing(field, seen)
            findings.checks.append(_failure(field, seen))
    for path in _lines_beyond(visible, embedded):
        seen = visible.pop(path)
        findings.checks.append(
            FieldCheck(
                CODE, passed=False, detail=f"{path} is on the page ({seen.value}), not in the data", paths=()
            )
        )
    if any(check.code == CODE and not check.passed for check in findings.checks):
        findings.notes.append(DIFFERS_NOTE)
    findings.fields[:] = visible.values()


def findings_of_data(own: Iterable[Field]) -> Findings:
    """Of a file that is nothing but the data: what adds up in it is verified."""
    proofs = prove_invoice(own)
    return Findings(list(proofs.fields.values()), proofs.checks, [INVOICE_NOTE])


def agree(field: Field, seen: Field) -> bool:
    """Whether the page says what the data says, as far as it prints it."""
    name = field.path.rsplit(".", 1)[-1]
    if isinstance(field.value, int | float) and isinstance(seen.value, int | float):
        if name in _UNSIGNED:
            return abs(abs(field.value) - abs(seen.value)) <= _LEAST
        return abs(field.value - seen.value) <= max(_LEAST, _PRINTED * 10.0 ** -_decimals(seen)) + 1e-9
    own, page = str(field.value), str(seen.value)
    if name == "unit":
        return same_unit(own, page)
    one, other = _joined(own), _joined(page)
    if name in _PROSE:
        return bool(one and other) and (one in other or other in one)
    return one == other


def _joined(text: str) -> str:
    return plain(text).replace(" ", "")


def _stands_elsewhere(field: Field, said: str) -> bool:
    if not isinstance(field.value, str) or field.path == "type_code":
        return False
    wanted = _joined(field.value)
    return len(wanted) >= _SHORTEST and wanted in said


def _decimals(seen: Field) -> int:
    digits = (seen.raw_text or "").rstrip(" €$£%").replace(",", ".")
    tail = digits.rpartition(".")[2]
    return len(tail) if tail.isdigit() and "." in digits and len(tail) <= 6 else 0


def _verified(field: Field, seen: Field) -> Field:
    checks = tuple(dict.fromkeys((*seen.checks, CODE)))
    keep = field.path.endswith(".unit")
    value = seen.value if keep else field.value
    return replace(seen, value=value, verified=True, checks=checks, confidence=1.0)


def _differing(field: Field, seen: Field) -> Field:
    other = Alternative(seen.value, seen.raw_text, seen.places, seen.confidence, "the page says otherwise")
    return replace(field, places=seen.places, alternatives=(other,), confidence=0.9)


def _failure(field: Field, seen: Field) -> FieldCheck:
    detail = f"the data says {field.value}, the page {seen.value}"
    return FieldCheck(CODE, passed=False, detail=detail, paths=(field.path,))


def _lines_beyond(visible: dict[str, Field], embedded: dict[str, Field]) -> list[str]:
    """Lines of the page after the last one of the data."""
    known = {path.split(".")[1] for path in embedded if path.startswith("line_items.")}
    if not known:
        return []
    return [path for path in visible if path.startswith("line_items.") and path.split(".")[1] not in known]
