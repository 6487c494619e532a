"""Containers by their ISO 6346 numbers, wherever they stand, with what stands beside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from octavo.domain.field import Field, FieldCheck
from octavo.pipeline.fields.kinds.statement.amounts import tokens_at
from octavo.pipeline.fields.readers.check_digits import is_container
from octavo.pipeline.fields.view import Row, Segment, Token, View, place_of, segment_of, source_of

_NUMBER = re.compile(r"(?<![A-Z0-9])([A-Z]{3}[UJZ])[\s-]?(\d{3})[\s.]?(\d{3})[\s\-/]{0,3}(\d)(?!\d)")
_CONFUSED = re.compile(
    r"(?<![A-Z0-9])([A-Z0]{3}[UJZ])[\s-]?([\dOISBZ]{6})[\s\-/]{0,3}([\dOISBZ])(?![A-Z0-9])"
)
_DIGITS = str.maketrans("OISBZ", "01582")
_TYPE = re.compile(
    r"(?<![\w.])((?:20|40|45)\s?['\u2019]?\s?(?:FT\s?)?(?:DV|DC|GP|HC|HQ|RF|RH|OT|FR|TK|ST|STD|PW)|(?:22|25|42|45|L5)(?:G1|R1|U1|P1|T1))(?!\w)",
    re.IGNORECASE,
)
_SEAL = re.compile(r"(?<![A-Z0-9])(?=[A-Z0-9-]*\d{3})[A-Z]{0,6}[-]?\d{4,10}[A-Z]?(?![A-Z0-9])")
_SEAL_LABEL = re.compile(r"seal|siegel|plomb|scell|precinto|sigill|selo|lacre|zegel", re.IGNORECASE)
_SLASHED = re.compile(r"\s*/\s*(?P<seal>[A-Z]{0,6}-?\d{4,10}[A-Z]?)(?![A-Z0-9])")
"""`OOLU7718206 / HP889102`"""
_MOST = 500
_HEAD_REACH = 14
_SEAL_REACH = 3
"""Rows below a container's number."""
_SAME_CELL = 0.02


@dataclass(frozen=True, slots=True)
class _Found:
    number: str
    proven: bool
    tokens: tuple[Token, ...]
    row: int
    end: int
    """Where the number ends in the text of its row."""


def container_fields(view: View) -> tuple[list[Field], list[FieldCheck]]:
    fields: list[Field] = []
    checks: list[FieldCheck] = []
    seen: set[str] = set()
    for one in _numbers(view.rows):
        if one.number in seen or len(seen) >= _MOST:
            continue
        at = f"containers.{len(seen)}"
        seen.add(one.number)
        field = _field(f"{at}.number", one.number, one.tokens, 0.98 if one.proven else 0.6)
        fields.append(replace(field, verified=one.proven, checks=("check_digit",) if one.proven else ()))
        checks.append(FieldCheck("check_digit", one.proven, f"ISO 6346 of {one.number}", (f"{at}.number",)))
        fields += _beside(view.rows, one, at)
    return fields, checks


def _numbers(rows: tuple[Row, ...]) -> Iterator[_Found]:
    for number, row in enumerate(rows):
        whole = segment_of(row.tokens)
        for match in _NUMBER.finditer(whole.text):
            code = "".join(match.groups())
            yield _Found(
                code, is_container(code), tokens_at(whole, match.start(), match.end()), number, match.end()
            )
        for match in _CONFUSED.finditer(whole.text):
            code = match[1].replace("0", "O") + (match[2] + match[3]).translate(_DIGITS)
            if is_container(code) and not _NUMBER.match(whole.text, match.start()):
                yield _Found(
                    code,
                    proven=True,
                    tokens=tokens_at(whole, match.start(), match.end()),
                    row=number,
                    end=match.end(),
                )


def _beside(rows: tuple[Row, ...], one: _Found, at: str) -> list[Field]:
    whole = segment_of(rows[one.row].tokens)
    fields: list[Field] = []
    kind = _TYPE.search(whole.text, one.end) or _TYPE.search(whole.text)
    if kind:
        fields.append(_field(f"{at}.type", kind[1], tokens_at(whole, kind.start(), kind.end()), 0.85))
    seal = _seal(rows, one, whole)
    if seal:
        fields.append(_field(f"{at}.seal_number", seal[0], seal[1], 0.85))
    return fields


def _seal(rows: tuple[Row, ...], one: _Found, whole: Segment) -> tuple[str, tuple[Token, ...]] | None:
    """Beside the word, or below it as the head of a column."""
    behind = _SLASHED.match(whole.text, one.end)
    if behind:
        return behind["seal"], tokens_at(whole, *behind.span("seal"))
    label = _SEAL_LABEL.search(whole.text)
    if label:
        match = _SEAL.search(whole.text, label.end())
        return (match.group(), tokens_at(whole, match.start(), match.end())) if match else None
    below = _seal_below(rows, one)
    if below is not None:
        return below
    for row in reversed(rows[max(0, one.row - _HEAD_REACH) : one.row]):
        heads = [
            token for token in row.tokens if _SEAL_LABEL.search(token.text) and row.page == rows[one.row].page
        ]
        if heads:
            near = [
                t
                for t in rows[one.row].tokens
                if abs(t.bbox.x0 - heads[0].bbox.x0) < 0.05 and t not in one.tokens
            ]
            match = _SEAL.search(near[0].text) if near else None
            return (match.group(), (near[0],)) if match else None
    return None


def _seal_below(rows: tuple[Row, ...], one: _Found) -> tuple[str, tuple[Token, ...]] | None:
    """`Seal IT440917` in the lines of the same cell, before the next container."""
    at = one.tokens[0].bbox.x0
    for row in rows[one.row + 1 : one.row + 1 + _SEAL_REACH]:
        if row.page != rows[one.row].page or _NUMBER.search(row.text):
            return None
        for segment in row.segments:
            label = _SEAL_LABEL.match(segment.text) if abs(segment.bbox.x0 - at) < _SAME_CELL else None
            match = _SEAL.search(segment.text, label.end()) if label else None
            if match:
                return match.group(), tokens_at(segment, match.start(), match.end())
    return None


def _field(path: str, value: str, tokens: tuple[Token, ...], score: float) -> Field:
    raw = " ".join(token.text for token in tokens)
    return Field(path, value, source_of(tokens), raw, place_of(tokens), score)
