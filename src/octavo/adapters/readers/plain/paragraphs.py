"""Text between empty lines: prose that was wrapped, lists, tables drawn with bars, or lines as they stand."""

import itertools
import re

from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.grids import GridCell, table_body, table_text
from octavo.adapters.readers.plain.marked import BULLET, NUMBER, SURE_BULLETS
from octavo.domain.document import BlockType

_NARROWEST = 45
"""Letters: shorter lines are not wrapped for their length."""
_WIDEST = 132
_WRAPPED = 0.9
"""Share of the lines that were full, so that they were wrapped by a program."""
_ARRANGED = re.compile(r"\S(?: {3,}|\t)\S|[\u2500-\u257f]|^\s*[+|][-=+|]{3,}", re.MULTILINE)
_BORDER = re.compile(r"\s*[+|]?[-=:+| ]*[-=]{2,}[-=:+| ]*[+|]?\s*")


def chunk_drafts(chunk: list[str]) -> list[Draft]:
    """The blocks of lines without an empty one among them; they are not empty themselves."""
    table = _drawn_table(chunk)
    if table is not None:
        return [table]
    found = list_draft(chunk)
    if found is not None:
        return [found]
    if is_wrapped(chunk):
        return [Draft(BlockType.PARAGRAPH, unwrapped(chunk))]
    text = "\n".join(line.rstrip() for line in chunk)
    return [Draft(BlockType.PARAGRAPH, text if _ARRANGED.search(text) else _dedented(text))]


def is_wrapped(chunk: list[str]) -> bool:
    """Whether every line was filled before the next began: its first word would not have fitted any more."""
    lines = [line.strip() for line in chunk]
    width = max(map(len, lines))
    if len(lines) < 2 or not _NARROWEST <= width <= _WIDEST or _ARRANGED.search("\n".join(lines)):
        return False
    if any(line.startswith((" ", "\t")) for line in chunk[1:]) and not chunk[0].startswith((" ", "\t")):
        return False
    full = sum(
        len(line) + 1 + len(following.split()[0]) > width - 3 for line, following in itertools.pairwise(lines)
    )
    return full >= _WRAPPED * (len(lines) - 1)


def unwrapped(lines: list[str]) -> str:
    """One line; a hyphen at the end of one holds a compound together."""
    text = ""
    for line in (line.strip() for line in lines):
        compound = text.endswith("-") and not text.endswith(("--", " -")) and line[:1].isalpha()
        text = text + line if not text or compound else f"{text} {line}"
    return text


def list_draft(chunk: list[str]) -> Draft | None:
    """None unless every line opens an entry or goes on with one."""
    items: list[dict[str, object]] = []
    indents: list[int] = []
    margin = 0
    for line in chunk:
        match = BULLET.match(line) or NUMBER.match(line)
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if match:
            while indents and indent < indents[-1]:
                indents.pop()
            if not indents or indent > indents[-1]:
                indents.append(indent)
            items.append(_item(match, line, len(indents) - 1))
            margin = indent + 2
        elif items and indent >= margin:
            items[-1]["text"] = f"{items[-1]['text']} {line.strip()}"
        else:
            return None
    if not _is_list(items):
        return None
    ordered = str(items[0]["marker"])[-1] in ".)"
    text = "\n".join(str(item["text"]) for item in items)
    return Draft(BlockType.LIST, text, body={"ordered": ordered, "items": items})


def _item(match: re.Match[str], line: str, level: int) -> dict[str, object]:
    item: dict[str, object] = {"text": line[match.end() :].strip(), "level": level, "marker": match[2]}
    if match.re is BULLET and match[3] is not None:
        item["checked"] = match[3] != " "
    return item


def _is_list(items: list[dict[str, object]]) -> bool:
    """One entry alone is one only behind a mark that is nothing else; dashes may be speech, letters initials."""
    if not items:
        return False
    markers = [str(item["marker"]) for item in items if item["level"] == 0]
    if len(items) == 1:
        return markers[0] in SURE_BULLETS
    bullets = [marker for marker in markers if marker[-1] not in ".)"]
    if bullets:
        return len(set(bullets)) == 1 and len(bullets) == len(markers)
    return markers[0].strip("().").lower() in {"1", "0", "a", "i"} or _follow(markers)


def _follow(markers: list[str]) -> bool:
    """Whether numbers rise one by one, wherever they begin."""
    numbers = [marker.strip("().") for marker in markers]
    if not all(number.isdecimal() for number in numbers):
        return False
    return all(int(b) == int(a) + 1 for a, b in itertools.pairwise(numbers)) and len(numbers) > 1


def joined_lists(drafts: list[Draft]) -> list[Draft]:
    """Entries with empty lines between them are one list."""
    made: list[Draft] = []
    for draft in drafts:
        last = made[-1] if made else None
        if (
            draft.type is BlockType.LIST
            and last is not None
            and last.type is BlockType.LIST
            and _goes_on(last, draft)
        ):
            last.body["items"].extend(draft.body["items"])
            last.text += "\n" + draft.text
        else:
            made.append(draft)
    return made


def _goes_on(last: Draft, draft: Draft) -> bool:
    before = [str(item["marker"]) for item in last.body["items"] if item["level"] == 0][-1]
    after = str(draft.body["items"][0]["marker"])
    return before == after or _follow([before, after])


def _drawn_table(chunk: list[str]) -> Draft | None:
    """Cells between bars, with or without rules between the rows."""
    rows: list[list[str]] = []
    rule_at: int | None = None
    for line in chunk:
        if _BORDER.fullmatch(line):
            rule_at = len(rows) if rows and rule_at is None else rule_at
            continue
        stripped = line.strip()
        if stripped.count("|") < 2 and not (rule_at is not None and "|" in stripped):
            return None
        inner = re.sub(r"^\||(?<!\\)\|$", "", stripped)
        rows.append([cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)])
    if len(rows) < 2 or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
        return None
    cells = [GridCell(at, col, 1, 1, cell) for at, row in enumerate(rows) for col, cell in enumerate(row)]
    body = table_body(cells, 1 if rule_at == 1 else 0)
    return Draft(BlockType.TABLE, table_text(body), body=body)


def _dedented(text: str) -> str:
    """Without the indent that all lines share."""
    lines = text.split("\n")
    common = min(len(line) - len(line.lstrip()) for line in lines)
    return "\n".join(line[common:] for line in lines)
