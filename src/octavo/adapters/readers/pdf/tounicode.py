"""A font's `ToUnicode` map: which characters each of its codes stands for; PDF 32000-1, 9.10.3."""

import re
from collections.abc import Iterator

from pikepdf import Dictionary, Name, Stream

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_MOST_BYTES = 1 << 20
_WIDEST_RANGE = 0x10000


def characters_of_codes(font: Dictionary) -> dict[int, str]:
    """Empty where the font has none."""
    stream = font.get(Name.ToUnicode)
    if not isinstance(stream, Stream):
        return {}
    content = stream.read_bytes()
    return dict(_entries(content)) if len(content) <= _MOST_BYTES else {}


def _entries(content: bytes) -> Iterator[tuple[int, str]]:
    for block in _BLOCK.finditer(content):
        tokens = [match[1] if match[1] is not None else match[0] for match in _TOKEN.finditer(block[2])]
        yield from _singles(tokens) if block[1] == b"bfchar" else _ranges(tokens)


def _singles(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    for code, text in zip(tokens[::2], tokens[1::2], strict=False):
        yield _number(code), _text(text)


def _ranges(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    place = 0
    while place + 2 < len(tokens):
        first, last = _number(tokens[place]), _number(tokens[place + 1])
        if tokens[place + 2] == b"[":
            stop = tokens.index(b"]", place) if b"]" in tokens[place:] else len(tokens)
            for offset, text in enumerate(tokens[place + 3 : stop]):
                yield first + offset, _text(text)
            place = stop + 1
        else:
            yield from _counted(first, min(last, first + _WIDEST_RANGE), _text(tokens[place + 2]))
            place += 3


def _counted(first: int, last: int, text: str) -> Iterator[tuple[int, str]]:
    """The last character counts up with the code."""
    if text:
        begin = ord(text[-1])
        for code in range(first, min(last, first + 0x10FFFF - begin) + 1):
            yield code, text[:-1] + chr(begin + code - first)


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _text(digits: bytes) -> str:
    packed = b"".join(digits.split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii")).decode("utf-16-be", "ignore")
