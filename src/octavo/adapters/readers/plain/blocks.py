"""The blocks of one page of text."""

from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.plain.marked import ATX, BULLET, FENCE, NUMBER, QUOTE, RULE, SETEXT
from octavo.adapters.readers.plain.paragraphs import chunk_drafts, joined_lists, unwrapped
from octavo.domain.document import BlockType


def plain_blocks(text: str) -> list[Draft]:
    drafts: list[Draft] = []
    chunk: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            chunk.append(line)
        elif chunk:
            drafts.extend(chunk_drafts(chunk))
            chunk = []
    return joined_lists(drafts)


def markdown_blocks(text: str) -> list[Draft]:
    """Headings, code, quotes, lists and tables; marks inside a line stay as they are written."""
    lines = text.split("\n")
    drafts: list[Draft] = []
    chunk: list[str] = []
    at = 0
    while at < len(lines):
        taken = 0 if chunk and not _interrupts(lines[at]) else _leaf(lines, at, drafts, chunk)
        if taken == 0 and chunk and SETEXT.fullmatch(lines[at]) and _is_prose(chunk):
            level = 1 if lines[at].strip()[0] == "=" else 2
            drafts.append(Draft(BlockType.HEADING, unwrapped(chunk), level=level))
            chunk.clear()
            taken = 1
        if taken == 0:
            if lines[at].strip():
                chunk.append(lines[at])
            else:
                _close(chunk, drafts)
            taken = 1
        at += taken
    _close(chunk, drafts)
    return joined_lists(drafts)


def _interrupts(line: str) -> bool:
    """What needs no empty line before it."""
    return bool(ATX.fullmatch(line) or FENCE.fullmatch(line) or QUOTE.match(line))


def _is_prose(chunk: list[str]) -> bool:
    return not any("|" in line or BULLET.match(line) or NUMBER.match(line) for line in chunk)


def _close(chunk: list[str], drafts: list[Draft]) -> None:
    if chunk:
        drafts.extend(chunk_drafts(chunk))
        chunk.clear()


def _leaf(lines: list[str], at: int, drafts: list[Draft], chunk: list[str]) -> int:
    """How many lines a heading, rule, quote or piece of code took there; 0 where there is none."""
    line = lines[at]
    heading = ATX.fullmatch(line)
    if heading:
        _close(chunk, drafts)
        drafts.append(Draft(BlockType.HEADING, heading[2].strip(), level=len(heading[1])))
        return 1
    fence = FENCE.fullmatch(line)
    if fence:
        _close(chunk, drafts)
        return _fenced(lines, at, fence[1], fence[2], drafts)
    if QUOTE.match(line):
        _close(chunk, drafts)
        return _quoted(lines, at, drafts)
    if line.startswith((" " * 4, "\t")) and line.strip():
        return _indented(lines, at, drafts)
    return 1 if RULE.fullmatch(line) else 0


def _fenced(lines: list[str], at: int, fence: str, language: str, drafts: list[Draft]) -> int:
    end = next(
        (
            later
            for later in range(at + 1, len(lines))
            if lines[later].strip().startswith(fence) and not lines[later].strip().strip(fence[0])
        ),
        len(lines),
    )
    body = {"language": language} if language else {}
    drafts.append(Draft(BlockType.CODE, "\n".join(lines[at + 1 : end]), body=body))
    return end - at + 1


def _quoted(lines: list[str], at: int, drafts: list[Draft]) -> int:
    end = at
    while end < len(lines) and QUOTE.match(lines[end]):
        end += 1
    text = "\n".join(QUOTE.sub("", line, count=1).rstrip() for line in lines[at:end]).strip("\n")
    if text.strip():
        drafts.append(Draft(BlockType.CALLOUT, text, body={"kind": "quote"}))
    return end - at


def _indented(lines: list[str], at: int, drafts: list[Draft]) -> int:
    """Code by its indent; behind a list it goes on with the last entry."""
    end = at
    while end < len(lines) and (lines[end].startswith((" " * 4, "\t")) or not lines[end].strip()):
        end += 1
    if drafts and drafts[-1].type is BlockType.LIST:
        text = "\n".join(line.strip() for line in lines[at:end]).strip("\n")
        drafts[-1].body["items"][-1]["text"] += "\n" + text
        drafts[-1].text += "\n" + text
    else:
        code = "\n".join(line.removeprefix("\t") if line[:1] == "\t" else line[4:] for line in lines[at:end])
        drafts.append(Draft(BlockType.CODE, code.strip("\n")))
    return end - at
