"""Language models: asked one question about one document, answered with one text."""

from dataclasses import dataclass
from typing import Any, Protocol

from octavo.domain.errors import OctavoError
from octavo.domain.field import ModelUse
from octavo.domain.template import ModelChoice


class ModelFailed(OctavoError):
    """The model is away, refuses us, or what it sends is no answer. The summary never repeats what it sent."""

    code = "model_failed"
    retryable = True
    use: ModelUse | None = None
    """What was taken before it failed, where that is known."""


@dataclass(frozen=True, slots=True)
class Question:
    rules: str
    """What is asked of the model, in words that are ours."""
    content: str
    """The document as data between marks, and the form to fill in."""
    schema: dict[str, Any]
    """JSON Schema of the answer."""
    max_tokens: int
    """An answer that is longer goes round in circles."""


@dataclass(frozen=True, slots=True)
class Completion:
    text: str
    """As the model wrote it: anything at all."""
    input_tokens: int = 0
    """As the endpoint counts; 0 where it does not say."""
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """All that asking a model about one document gave."""

    answers: tuple[str, ...]
    use: ModelUse
    notes: tuple[str, ...] = ()


class LanguageModel(Protocol):
    async def complete(self, choice: ModelChoice, question: Question) -> Completion:
        """Waits and asks again as `choice` allows, where that may help.

        Raises `ModelFailed`; `AddressRefused`: the endpoint is not at an address we may ask.
        """
        ...
