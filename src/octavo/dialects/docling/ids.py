"""Task ids as this peer writes them: UUIDs. Ours have version 8, and carry our 96 bits, the kind and a check."""

import hashlib
from enum import IntEnum
from uuid import UUID

from octavo.domain.errors import NotFound
from octavo.domain.ids import is_id

_CHECK_BITS = 24
_TAIL_BITS = 36
"""Of our id, behind what fits before the variant."""


class Kind(IntEnum):
    JOB = 1
    BATCH = 2


class TaskNotFound(NotFound):
    """There is no such task."""


def to_wire(kind: Kind, id_: str) -> str:
    tail = (int(id_[15:], 16) << 2 | kind) << _CHECK_BITS | _check(kind, id_)
    digits = f"{id_[:12]}8{id_[12:15]}{(0b10 << 62) | tail:016x}"
    return str(UUID(digits))


def from_wire(text: str) -> tuple[Kind, str]:
    """What it names, and our id. Raises `TaskNotFound` for whatever we never gave out."""
    digits = text.replace("-", "")
    if len(text) == 36 and len(digits) == 32 and digits.isalnum():
        try:
            number = int(digits, 16)
        except ValueError:
            raise TaskNotFound("Task not found.") from None
        kind = number >> _CHECK_BITS & 0b11
        tail = (number >> (_CHECK_BITS + 2)) & ((1 << _TAIL_BITS) - 1)
        id_ = f"{digits[:12]}{digits[13:16]}{tail:09x}".lower()
        if is_id(id_) and kind in set(Kind) and to_wire(Kind(kind), id_) == text.lower():
            return Kind(kind), id_
    raise TaskNotFound("Task not found.")


def _check(kind: Kind, id_: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{kind:d} {id_}".encode()).digest()[: _CHECK_BITS // 8])
