"""The fields of a document. Start reading here."""

from collections.abc import Iterable
from dataclasses import replace

from octavo.domain.document import Page
from octavo.domain.document_types.schema import rules_of, specs_of
from octavo.domain.field import Attachment, Field, Fields, TypeGuess
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.calibration import calibrated
from octavo.pipeline.fields.classify import GENERIC, classify
from octavo.pipeline.fields.embedded.compare import compare_embedded, findings_of_data
from octavo.pipeline.fields.embedded.read import read_embedded
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.kinds.table import FINDERS
from octavo.pipeline.fields.learned.find import find_learned
from octavo.pipeline.fields.models.heed import heed
from octavo.pipeline.fields.models.question import Asking, ask_about
from octavo.pipeline.fields.readers.locale import Locale, guess_locale
from octavo.pipeline.fields.references.excerpts import excerpts_for
from octavo.pipeline.fields.references.look_up import refer
from octavo.pipeline.fields.rules import try_rules
from octavo.pipeline.fields.templated import find_templated
from octavo.pipeline.fields.view import View, view_of
from octavo.ports.models import Told

_LEAST_SURE = 0.35
"""Below, a guessed type is not acted on: the document is read as any document."""
_EMBEDDED_TYPE = "invoice"


def extract_fields(
    pages: Iterable[Page],
    order: FieldOrder,
    *,
    embedded: tuple[Attachment, ...] = (),
    told: Told | None = None,
) -> Fields:
    """What a document says, with where it says so and how likely it is right.

    Args:
        pages: Finished pages, in order; walked once, and beyond the first ones only by finders that go on.
        order: Which type or template; without one, the type is found out.
        embedded: Files inside the document's file; the data of an e-invoice is read from them.
        told: What a language model answered to `questions_about` the same pages, where one was asked.

    Returns:
        What was found. A field that the document does not have is missing, never made up.
    """
    fields = find_fields(pages, order, embedded=embedded, told=told)
    return replace(fields, found=calibrated(fields.document_type, fields.found))


def questions_about(
    pages: Iterable[Page], order: FieldOrder, *, embedded: tuple[Attachment, ...] = ()
) -> Asking:
    """What a language model is to be asked about the document."""
    view = view_of(pages)
    name, _, _ = _type_of(view, order, has_invoice=bool(embedded and read_embedded(embedded)))
    return ask_about(
        view, specs_of(name, order.template), document_type=name, instructions=_told_by_owner(view, order)
    )


def _told_by_owner(view: View, order: FieldOrder) -> str:
    """Instructions, and what of the references has to do with the document."""
    if order.template is None:
        return ""
    known = excerpts_for(view, order.template.references)
    instructions = order.template.instructions
    return f"{instructions}\n\nFor reference:\n{known}" if known else instructions


def find_fields(
    pages: Iterable[Page],
    order: FieldOrder,
    *,
    embedded: tuple[Attachment, ...] = (),
    told: Told | None = None,
) -> Fields:
    """The same before calibration: confidences are the finders' own scores."""
    view = view_of(pages)
    locale = guess_locale(view, order.languages)
    own = read_embedded(embedded) if embedded else []
    name, sure, guesses = _type_of(view, order, has_invoice=bool(own))
    is_own = name == _EMBEDDED_TYPE and bool(own) and any(one.is_document for one in embedded)
    findings = Findings() if order.model_only else _found(name, view, locale, order, own if is_own else [])
    if told is not None:
        specs = specs_of(name, order.template)
        findings = heed(told.answers, findings, view=view, locale=locale, specs=specs, document_type=name)
        findings.notes += [note for note in told.notes if note not in findings.notes]
    if order.template is not None and order.template.references:
        findings = refer(findings, specs_of(name, order.template), order.template.references)
    if own and not is_own:
        compare_embedded(own, findings, view.text)
    stored = order.template if order.template and order.template.is_stored else None
    rules = rules_of(name, order.template)
    checks = (*findings.checks, *try_rules(rules, findings.fields))
    return Fields(
        document_type=name,
        type_confidence=sure,
        found=tuple(findings.fields),
        checks=checks,
        guesses=guesses,
        locale=locale.tag,
        template_id=stored.id if stored else None,
        template_version=stored.version if stored else None,
        notes=tuple(findings.notes),
        model=told.use if told is not None else None,
    )


def _type_of(
    view: View, order: FieldOrder, *, has_invoice: bool
) -> tuple[str, float | None, tuple[TypeGuess, ...]]:
    """The caller's word counts; then what is embedded; then the likeliest, where it is likely enough."""
    said = order.document_type or (order.template.document_type if order.template else None)
    if said:
        return said, None, ()
    if has_invoice and _EMBEDDED_TYPE in (order.document_types or (_EMBEDDED_TYPE,)):
        return _EMBEDDED_TYPE, 1.0, ()
    guesses = classify(view)
    if order.document_types:
        among = [guess for guess in guesses if guess.document_type in order.document_types]
        best = among[0] if among else TypeGuess(order.document_types[0], 0.0)
        return best.document_type, best.confidence, tuple(guess for guess in guesses if guess is not best)
    best = guesses[0]
    generic = next((guess.confidence for guess in guesses if guess.document_type == GENERIC), 0.0)
    if best.confidence < max(_LEAST_SURE, generic):
        return GENERIC, generic, guesses
    return best.document_type, best.confidence, guesses[1:]


def _found(name: str, view: View, locale: Locale, order: FieldOrder, own: list[Field]) -> Findings:
    """Without a language model; `own` is the data of a document that is nothing but data."""
    findings = findings_of_data(own) if own else _find(name, view, locale, order)
    if order.template is not None:
        findings = find_templated(view, locale, order.template, findings)
        findings = find_learned(view, locale, order.template, findings)
    return findings


def _find(name: str, view: View, locale: Locale, order: FieldOrder) -> Findings:
    finder = FINDERS.get(name) or FINDERS[GENERIC]
    return finder(view, locale, order)
