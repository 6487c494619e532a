"""Which monospaced paragraphs are code: a typewriter's font alone does not make it."""

import re

from octavo.adapters.readers.drafts import Draft
from octavo.domain.document import BlockType

_SIGNS = re.compile(
    r"[;{}]\s*$|[=!<>+*/%-]=|&&|\|\||=>|->|::|\w\([^()]*\)\s*[;:{]|\w+\.\w+\(|\b\w+\(\)|</?\w+[^<>]*>"
    r"|^\s*(?:import \w|from \w+ import|#include|def \w+\(|class \w+.*:|return\b|SELECT\b|INSERT INTO|UPDATE \w+ SET|"
    r"[$>] ?\w+|var \w|let \w|const \w|public \w|private \w|function \w)|^\s*[\w.\[\]]+ = \S|^\s*(?://|/\*|#!)",
    re.MULTILINE,
)


def reads_as_code(text: str) -> bool:
    return _SIGNS.search(text) is not None


def gather_code(drafts: list[Draft], monospaced: set[int]) -> list[Draft]:
    """Runs of monospaced paragraphs that hold code become one block each; ids in `monospaced` are of drafts."""
    made: list[Draft] = []
    run: list[Draft] = []
    for draft in [*drafts, None]:
        if draft is not None and draft.type is BlockType.PARAGRAPH and id(draft) in monospaced:
            run.append(draft)
            continue
        made.extend(_decided(run))
        run = []
        if draft is not None:
            made.append(draft)
    return made


def _decided(run: list[Draft]) -> list[Draft]:
    if not any(reads_as_code(draft.text) for draft in run):
        return run
    first = run[0]
    first.type = BlockType.CODE
    first.text = "\n".join(draft.text for draft in run)
    for other in run[1:]:
        for key, value in other.body.items():
            first.body.setdefault(key, value)
    return [first]
