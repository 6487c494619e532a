"""Cursors: opaque to the caller, so that what is in them may change."""

import base64
import binascii

from octavo.domain.errors import InvalidRequest
from octavo.domain.ids import is_id

MAX_CURSOR = 200


def encode_cursor(kind: str, position: str) -> str:
    """`kind` names the list and its order, so that a cursor of one is refused by another."""
    return base64.urlsafe_b64encode(f"{kind}:{position}".encode()).decode().rstrip("=")


def decode_cursor(kind: str, cursor: str) -> str:
    """The position `encode_cursor` was given. Raises `InvalidRequest`."""
    try:
        padded = cursor[:MAX_CURSOR] + "=" * (-len(cursor[:MAX_CURSOR]) % 4)
        found, _, position = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(":")
    except (binascii.Error, ValueError) as error:
        raise _refused() from error
    if found != kind or not position:
        raise _refused()
    return position


def decode_id_cursor(kind: str, cursor: str) -> str:
    """As `decode_cursor`, of a list whose positions are ids."""
    position = decode_cursor(kind, cursor)
    if not is_id(position):
        raise _refused()
    return position


def decode_number_cursor(kind: str, cursor: str) -> int:
    """As `decode_cursor`, of a list whose positions are numbers."""
    position = decode_cursor(kind, cursor)
    if not position.isascii() or not position.isdecimal() or len(position) > 9:
        raise _refused()
    return int(position)


def _refused() -> InvalidRequest:
    return InvalidRequest(
        "This cursor belongs to another list or order. Start again without one.", option="cursor"
    )
