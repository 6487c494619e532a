"""How a runner talks: a path a line comes in, a line of JSON goes out for each. Standard library only.

The keys of `found` are those of `benchmarks.accuracy.structure.answer`.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

Read = Callable[[str], dict[str, Any]]


def serve(read: Read) -> None:
    """Answer until the input ends. What libraries print goes to the standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    _say(answers, {"ready": True})
    for line in sys.stdin:
        _say(answers, _answer(read, line.rstrip("\n")))


def _answer(read: Read, path: str) -> dict[str, Any]:
    try:
        return {"found": read(path)}
    except Exception as error:  # noqa: BLE001 - a library may fail in any way; the benchmark counts it
        return {"error": f"{type(error).__name__}: {error}"[:500]}


def _say(stream: Any, answer: dict[str, Any]) -> None:
    stream.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
    stream.flush()
