"""How the words of a line are set, as JSON: one entry for each run of words that are set alike.

What is not said is as the line has it (`size`, `bold`, `italic`), or not known (`font`, `color`).
"""

from collections.abc import Iterator, Mapping
from itertools import groupby, repeat
from typing import Any

from octavo.domain.document import Line
from octavo.domain.looks import Look


def looks_to_json(line: Line) -> dict[str, Any]:
    """`looks`, or nothing where no word has one."""
    looks = [word.look for word in line.words]
    if not any(looks):
        return {}
    return {"looks": [_run(look, len(list(words)), line) for look, words in groupby(looks)]}


def looks_from_json(values: Mapping[str, Any]) -> Iterator[Look | None]:
    """One for each word of the line."""
    runs = values.get("looks")
    if not runs:
        yield from repeat(None, len(values["words"]))
        return
    for run in runs:
        yield from repeat(_look(run, values), run["words"])


def _run(look: Look | None, words: int, line: Line) -> dict[str, Any]:
    if look is None:
        return {"words": words, "known": False}
    said: dict[str, Any] = {"words": words}
    if look.font:
        said["font"] = look.font
    if look.size != line.font_size:
        said["size"] = look.size
    if look.bold != line.bold:
        said["bold"] = look.bold
    if look.italic != line.italic:
        said["italic"] = look.italic
    if look.color:
        said["color"] = look.color
    return said


def _look(run: Mapping[str, Any], line: Mapping[str, Any]) -> Look | None:
    if run.get("known") is False:
        return None
    return Look(
        run.get("font"),
        run.get("size", line["font_size"]),
        run.get("bold", line["bold"]),
        run.get("italic", line["italic"]),
        run.get("color"),
    )
