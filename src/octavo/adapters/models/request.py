"""The body of a question: `POST {base URL}/chat/completions`, and how it changes when an endpoint refuses a part of it.

Endpoints differ in what they take: some know no JSON Schema, some no limit by the name `max_tokens`, some no
temperature. A refusal (400, 422, 501) names what it is about, or the strictest part goes first.
"""

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

import orjson

from octavo.domain.template import ModelChoice
from octavo.ports.models import Question


class Form(IntEnum):
    """How the form of the answer is asked for, the strictest last."""

    TEXT = 0
    JSON = 1
    SCHEMA = 2


@dataclass(frozen=True, slots=True)
class Manner:
    """What one endpoint takes, as far as is known."""

    form: Form = Form.SCHEMA
    limit: str | None = "max_tokens"
    has_temperature: bool = True

    def without(self, refusal: bytes) -> "Manner | None":
        """After a refusal; None where nothing is left to do without."""
        said = refusal.lower()
        if (
            self.limit is not None
            and b"max_completion_tokens" in said
            and self.limit != "max_completion_tokens"
        ):
            return replace(self, limit="max_completion_tokens")
        if self.limit is not None and (b"max_tokens" in said or b"max_completion_tokens" in said):
            return replace(self, limit=None)
        if self.has_temperature and b"temperature" in said:
            return replace(self, has_temperature=False)
        return replace(self, form=Form(self.form - 1)) if self.form > Form.TEXT else None


def body_of(choice: ModelChoice, question: Question, manner: Manner) -> bytes:
    body: dict[str, Any] = {
        "model": choice.model,
        "messages": [
            {"role": "system", "content": question.rules},
            {"role": "user", "content": _content(question, manner)},
        ],
        "stream": False,
    }
    if manner.has_temperature:
        body["temperature"] = 0
    if manner.limit is not None:
        body[manner.limit] = question.max_tokens
    if manner.form is Form.SCHEMA:
        named = {"name": "fields", "strict": True, "schema": question.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    elif manner.form is Form.JSON:
        body["response_format"] = {"type": "json_object"}
    return orjson.dumps(body)


def _content(question: Question, manner: Manner) -> str:
    if manner.form is Form.SCHEMA:
        return question.content
    return f"{question.content}\n\nThe JSON Schema of the answer:\n{orjson.dumps(question.schema).decode()}"
