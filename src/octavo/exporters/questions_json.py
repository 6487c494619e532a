"""Questions to a language model as JSON values, and back: what a child hands to us, since we have the network."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from octavo.ports.models import Question


def questions_to_json(questions: Sequence[Question], notes: Sequence[str]) -> dict[str, Any]:
    return {"questions": [asdict(question) for question in questions], "notes": list(notes)}


def questions_from_json(values: dict[str, Any]) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """The questions, and what is to be noted about them."""
    return tuple(Question(**question) for question in values["questions"]), tuple(values["notes"])
