"""What a model says beside what was found: start reading at `heed`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from octavo.domain.field import Alternative, Field, FieldCheck, FieldSource
from octavo.domain.template import FieldSpec
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.learned.find import LEARNED
from octavo.pipeline.fields.models.admit import CITATION, Admitted, admit, same_value
from octavo.pipeline.fields.models.answer import Claim, claims_of
from octavo.pipeline.fields.models.entries import placed_entries
from octavo.pipeline.fields.models.words import words_of
from octavo.pipeline.fields.prove import prove_invoice
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Token
from octavo.pipeline.fields.view import View

MODEL_FAILED = "model_failed"
"""The note of a document whose model was away or answered nonsense; its fields are those found without."""
AGREES = "model_agrees"
_SETTLED = frozenset({FieldSource.EMBEDDED, FieldSource.PERSON})
_ARITHMETIC = frozenset({"product", "sum", "tax", "taxes", "bases", "total", "due"})
"""The checks that `prove_invoice` tries."""
_PROVEN_BY_IT = frozenset({"invoice"})
_RIVAL, _FREE_RIVAL = 0.9, 0.5
"""Of the score of what stands at a label, beside a model's cited words: few labels are misread by both."""
_AGREED = 0.5
"""Of the doubt, what is left where both found the same."""


def heed(
    answers: Iterable[str],
    findings: Findings,
    *,
    view: View,
    locale: Locale,
    specs: Sequence[FieldSpec],
    document_type: str,
) -> Findings:
    """The findings with what the model's answers add; arithmetic is tried again where there is any.

    A value whose cited words say it is a field like any other. One that they do not say is kept as
    inferred where nothing was found, with a failed check. What was verified stays, whatever the model says.
    """
    words = words_of(view)
    desk = _Desk(findings)
    for answer in answers:
        claims = claims_of(answer, specs)
        if claims is None:
            desk.note(MODEL_FAILED)
            continue
        desk.take(claims, words, locale)
    heeded = desk.settled()
    return _proven(heeded, desk.disputed) if document_type in _PROVEN_BY_IT else heeded


class _Desk:
    """Fields under hand, and what about them changed."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._fields = {field.path: field for field in findings.fields}
        self._checks: list[FieldCheck] = []
        self._notes = list(findings.notes)
        self._changed: set[str] = set()
        self.disputed: list[str] = []
        """Where the model's words and the finder's say different values; the other one is the first alternative."""

    def note(self, code: str) -> None:
        if code not in self._notes:
            self._notes.append(code)

    def take(self, claims: Sequence[Claim], words: Mapping[str, Token], locale: Locale) -> None:
        admitted = [one for claim in claims if (one := admit(claim, words, locale)) is not None]
        complete = {
            check.paths[0].partition(".")[0]
            for check in self._findings.checks
            if check.passed and check.paths and check.code in {"sum", "balance"}
        }
        for one in placed_entries(admitted, self._fields, complete):
            self._put(one)

    def settled(self) -> Findings:
        """Checks about values that are others now no longer hold."""
        kept = [check for check in self._findings.checks if not self._changed.intersection(check.paths)]
        return Findings(list(self._fields.values()), [*kept, *self._checks], self._notes)

    def _put(self, one: Admitted) -> None:
        path = one.field.path
        before = self._fields.get(path)
        if before is None:
            self._fields[path] = one.field
            self._changed.add(path)
            if not one.is_cited:
                detail = "No word of the document that the model names says this."
                self._checks.append(FieldCheck(CITATION, passed=False, detail=detail, paths=(path,)))
        elif same_value(before.value, one.field.value):
            self._fields[path] = _agreed(before, one)
        elif before.verified or before.source in _SETTLED or not one.is_cited:
            self._fields[path] = _with_other(before, one.field, "the model says so")
        else:
            self._dispute(before, one)

    def _dispute(self, before: Field, one: Admitted) -> None:
        said = one.field
        self.disputed.append(before.path)
        taught = LEARNED in before.checks
        rival = (before.confidence or 0) * (1.0 if taught else _FREE_RIVAL if one.is_free else _RIVAL)
        if (said.confidence or 0) > rival:
            self._fields[before.path] = _with_other(said, before, "found by its label or place")
            self._changed.add(before.path)
        else:
            self._fields[before.path] = _with_other(before, said, "the model says so")


def _agreed(before: Field, one: Admitted) -> Field:
    """What two found independently is likelier; a value without a place gets the model's."""
    if before.source is FieldSource.MODEL and one.is_cited:
        return one.field
    if not one.is_cited or AGREES in before.checks or before.source in _SETTLED:
        return before
    sure = before.confidence
    raised = None if sure is None else round(1 - (1 - sure) * _AGREED, 4)
    return replace(before, confidence=raised, checks=(*before.checks, AGREES))


def _with_other(kept: Field, other: Field, reason: str) -> Field:
    told = Alternative(other.value, other.raw_text, other.places, other.confidence, reason)
    rest = tuple(one for one in (*other.alternatives, *kept.alternatives) if one.value != kept.value)
    return replace(kept, alternatives=(told, *(one for one in rest if one.value != told.value)))


def _proven(findings: Findings, disputed: Sequence[str]) -> Findings:
    """Arithmetic on all of it; of two readings that are disputed, the one with which more adds up."""
    fields = {field.path: field for field in findings.fields}
    proofs = prove_invoice(fields.values())
    for path in dict.fromkeys(disputed):
        swapped = {**fields, path: _swapped(fields[path])}
        trial = prove_invoice(swapped.values())
        if _failures(trial.checks) < _failures(proofs.checks):
            fields, proofs = swapped, trial
    kept = [check for check in findings.checks if check.code not in _ARITHMETIC]
    return Findings(list(proofs.fields.values()), [*kept, *proofs.checks], findings.notes)


def _failures(checks: Sequence[FieldCheck]) -> int:
    return sum(not check.passed for check in checks)


def _swapped(field: Field) -> Field:
    """Its first alternative in its place."""
    other = field.alternatives[0]
    now = replace(
        field,
        value=other.value,
        raw_text=other.raw_text,
        places=other.places,
        confidence=other.confidence,
        verified=False,
        alternatives=field.alternatives[1:],
    )
    return _with_other(now, field, "adds up less")
