"""A language model asked about a document whose fields were looked for; what fails here costs no field found before."""

import logging
from dataclasses import replace

import orjson

from octavo.app.services import Services
from octavo.domain.errors import OctavoError, TemporaryFailure
from octavo.domain.field import FieldsSummary, ModelUse
from octavo.domain.template import ModelChoice
from octavo.exporters.questions_json import questions_from_json
from octavo.pipeline.fields.models.heed import MODEL_FAILED
from octavo.ports.isolation import ExtractRequest
from octavo.ports.models import Completion, Question, Told

log = logging.getLogger(__name__)

MAX_QUESTION_BYTES = 16 * 2**20
_MILLION = 1_000_000


async def extract_with_model(
    request: ExtractRequest, choice: ModelChoice, *, services: Services
) -> FieldsSummary:
    """The fields as they are found without the model, then with what it says about the same words.

    `request.questions` is where the child writes what is to be asked; the child has no network, we have.

    Raises what extracting without a model raises.
    """
    assert request.questions is not None  # noqa: S101 - whoever has a choice says where
    summary = await services.isolation.extract(request)
    content = request.questions.read_bytes()[:MAX_QUESTION_BYTES]
    questions, notes = questions_from_json(orjson.loads(content))
    if not questions:
        return summary
    told = await _ask(choice, questions, notes, services)
    again = replace(request, questions=None, told=told)
    try:
        return await services.isolation.extract(again)
    except TemporaryFailure:
        raise
    except OctavoError as error:
        log.warning("what model %s said could not be used (%s)", choice.model, error.code)
        unheard = replace(told, answers=(), notes=(MODEL_FAILED, *notes))
        return await services.isolation.extract(replace(again, told=unheard))


async def _ask(
    choice: ModelChoice, questions: tuple[Question, ...], notes: tuple[str, ...], services: Services
) -> Told:
    """Question by question; after one that fails, no other."""
    answers: list[Completion] = []
    for question in questions:
        try:
            if services.models is None:
                raise TemporaryFailure("No language model can be asked from here.")
            answers.append(await services.models.complete(choice, question))
        except OctavoError as error:
            log.warning("model %s was not heard (%s)", choice.model, error.code)
            notes = (MODEL_FAILED, *notes)
            break
    return Told(tuple(answer.text for answer in answers), _use(choice, answers), notes)


def _use(choice: ModelChoice, answers: list[Completion]) -> ModelUse:
    taken = sum(answer.input_tokens for answer in answers)
    given = sum(answer.output_tokens for answer in answers)
    return ModelUse(choice.model, len(answers), taken, given, cost_of(choice, taken, given))


def cost_of(choice: ModelChoice, input_tokens: int, output_tokens: int) -> float | None:
    """In the currency of the choice's prices; None where it has none."""
    if choice.input_price is None and choice.output_price is None:
        return None
    total = input_tokens * (choice.input_price or 0) + output_tokens * (choice.output_price or 0)
    return round(total / _MILLION, 6)
