"""What a model says, taken apart. It may be anything: each part that is not of the form is passed over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.values import entry_of

MOST_LETTERS = 2_000_000
MOST_CLAIMS = 5000
MOST_ENTRIES = 2000
MOST_WORDS = 400
"""That one value may cite."""
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Claim:
    """One value as the model says it."""

    path: str
    spec: FieldSpec
    value: str | int | float | bool
    words: tuple[str, ...]
    """Ids that it cites, not looked up yet."""


def claims_of(text: str, specs: Sequence[FieldSpec]) -> list[Claim] | None:
    """Its values in the order of the form; None where the text is no answer at all."""
    tree = _json(text)
    if tree is None:
        return None
    found: list[Claim] = []
    for claim in _walk(tree, specs, ""):
        found.append(claim)
        if len(found) >= MOST_CLAIMS:
            break
    return found


def _json(text: str) -> dict[str, Any] | None:
    """The object in it: models put fences and words around."""
    text = _THOUGHT.sub("", text[:MOST_LETTERS])
    first, last = text.find("{"), text.rfind("}")
    try:
        found = orjson.loads(text[first : last + 1]) if 0 <= first < last else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _walk(tree: dict[str, Any], specs: Sequence[FieldSpec], above: str) -> Iterator[Claim]:
    for spec in specs:
        node = tree.get(spec.name)
        path = above + spec.name
        if spec.type is FieldType.OBJECT:
            if isinstance(node, dict):
                yield from _walk(node, spec.fields, f"{path}.")
        elif spec.type is FieldType.ARRAY:
            if isinstance(node, list):
                yield from _entries(node[:MOST_ENTRIES], spec, path)
        else:
            yield from _leaf(node, spec, path)


def _entries(nodes: list[Any], spec: FieldSpec, path: str) -> Iterator[Claim]:
    """One that is said a second time, by the same words or by none, is the model going round in circles."""
    entry = entry_of(spec)
    seen: set[tuple[Any, ...]] = set()
    position = 0
    for node in nodes:
        below = f"{path}.{position}"
        if entry.type is FieldType.OBJECT:
            claims = list(_walk(node, entry.fields, f"{below}.")) if isinstance(node, dict) else []
        else:
            claims = list(_leaf(node, entry, below))
        said = tuple((claim.spec.name, claim.value, claim.words) for claim in claims)
        if claims and said not in seen:
            seen.add(said)
            position += 1
            yield from claims


def _leaf(node: Any, spec: FieldSpec, path: str) -> Iterator[Claim]:
    """A bare value cites nothing."""
    cited = node.get("words") if isinstance(node, dict) else None
    value = node.get("value") if isinstance(node, dict) else node
    if isinstance(value, str):
        value = value.strip()
    if value in (None, "") or not isinstance(value, str | int | float | bool):
        return
    words = [word for word in cited if isinstance(word, str)] if isinstance(cited, list) else []
    yield Claim(path, spec, value, tuple(dict.fromkeys(words[:MOST_WORDS])))
