"""Ids as this vendor writes them: 32 signs of 0-9a-z, the first four the hour in base 36.

The other 28 carry our 96 bits, what the id names, and a check, and can be read back; see
the contract's section 1.
"""

import hashlib
from enum import IntEnum

from octavo.domain.errors import NotFound
from octavo.domain.ids import is_id, made_at

_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HOUR_S = 3600
_CHECK_BITS = 40
_BODY_BITS = 104
"""An id of ours and its kind."""
_BODY_SIGNS = 28


class Kind(IntEnum):
    FILE = 1
    JOB = 2
    OUTPUT = 3
    """The converted document of a job; `id` is the job's."""
    UPLOAD = 4
    """A file that comes in chunks."""
    RECORDS = 5
    """A StructFlow job; `id` is the batch's."""
    RECORDS_OUTPUT = 6
    """Its output file."""


def to_wire(kind: Kind, id_: str) -> str:
    body = int(id_, 16) << 8 | kind
    check = _check(body)
    hidden = (body ^ _mask(check)) << _CHECK_BITS | check
    hour = int(made_at(id_).timestamp()) // _HOUR_S
    return _written(hour, 4) + _written(hidden, _BODY_SIGNS)


def from_wire(text: str) -> tuple[Kind, str]:
    """What it names, and our id. Raises `NotFound` for whatever we never gave out."""
    if len(text) != 4 + _BODY_SIGNS or not set(text) <= set(_SIGNS):
        raise NotFound("There is no such id.")
    hidden = int(text[4:], 36)
    check = hidden & ((1 << _CHECK_BITS) - 1)
    body = (hidden >> _CHECK_BITS) ^ _mask(check)
    id_, kind = f"{body >> 8:024x}", body & 0xFF
    if not is_id(id_) or kind not in set(Kind) or to_wire(Kind(kind), id_) != text:
        raise NotFound("There is no such id.")
    return Kind(kind), id_


def request_id(text: str) -> str:
    """Thirty-two signs that name a request, made from our own name of it."""
    return _written(int.from_bytes(hashlib.sha256(text.encode()).digest()), 50)[-32:]


def _check(body: int) -> int:
    return int.from_bytes(hashlib.sha256(b"check" + body.to_bytes(14)).digest()[: _CHECK_BITS // 8])


def _mask(check: int) -> int:
    """Ids of one millisecond shall not look alike."""
    return int.from_bytes(hashlib.sha256(b"mask" + check.to_bytes(5)).digest()[: _BODY_BITS // 8])


def _written(value: int, width: int) -> str:
    signs = ""
    while value:
        value, rest = divmod(value, 36)
        signs = _SIGNS[rest] + signs
    return signs.rjust(width, "0")
