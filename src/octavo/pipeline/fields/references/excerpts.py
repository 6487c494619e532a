"""The parts of an owner's references that a language model is shown with a document."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log

from octavo.domain.template import Reference
from octavo.pipeline.fields.view import View

MOST_LETTERS = 8_000
"""Of all references in one question: about 2,500 tokens."""
_PART_LETTERS = 500
_WORD = re.compile(r"\w{2,}")


def excerpts_for(view: View, references: Iterable[Reference]) -> str:
    """What has most to do with the document, in the order of the files; all of it where it is short."""
    parts = [part for one in references if one.text for part in _parts(one)]
    if sum(len(part) for part in parts) > MOST_LETTERS:
        parts = _chosen(parts, set(_WORD.findall(view.text.casefold())))
    return "\n".join(parts)


def _parts(reference: Reference) -> Iterator[str]:
    """Whole lines together; a line that is longer by itself, cut."""
    part = ""
    for line in (reference.text or "").replace("},", "},\n").splitlines():
        for at in range(0, len(line), _PART_LETTERS):
            piece = line[at : at + _PART_LETTERS].rstrip()
            if part and len(part) + len(piece) > _PART_LETTERS:
                yield f"[{reference.name}] {part}"
                part = ""
            part = f"{part}\n{piece}" if part else piece
    if part.strip():
        yield f"[{reference.name}] {part}"


def _chosen(parts: list[str], words: set[str]) -> list[str]:
    """Those that share the rarest words with the document."""
    of_parts = [set(_WORD.findall(part.casefold())) for part in parts]
    often = Counter(word for found in of_parts for word in found)
    scores = [
        sum(log(1 + len(parts) / often[word]) for word in found & words) / (1 + log(1 + len(found)))
        for found in of_parts
    ]
    kept: set[int] = set()
    letters = 0
    for at in sorted(range(len(parts)), key=lambda at: -scores[at]):
        if scores[at] <= 0 or letters + len(parts[at]) > MOST_LETTERS:
            continue
        kept.add(at)
        letters += len(parts[at])
    return [part for at, part in enumerate(parts) if at in kept]
