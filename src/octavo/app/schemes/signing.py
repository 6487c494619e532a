"""Signatures and moments, as the schemes write them."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

LONGEST_SECRET = 512
SHORTEST_SECRET = 8


def hex_hmac(secret: str, content: bytes) -> str:
    """HMAC-SHA256 with the secret's UTF-8 text as key, lower-case hex."""
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()


def in_turn(header: str, secrets: tuple[str, ...], signature: Callable[[str], str]) -> dict[str, str]:
    """Where verifiers read one signature: the one by the secret that was there before, as long as it holds.

    A second header, `<header>-New`, then has the signature by the new secret, for receivers that are
    told of it and change to it meanwhile.
    """
    signed = {header: signature(secrets[-1])} if secrets else {}
    return signed | ({f"{header}-New": signature(secrets[0])} if len(secrets) > 1 else {})


def text_secret() -> str:
    """`whsec_` and 36 characters (216 bits), used as text, prefix and all."""
    return "whsec_" + secrets.token_urlsafe(27)


def check_text_secret(secret: str) -> str | None:
    if SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET and secret.isprintable():
        return None
    return f"A secret has {SHORTEST_SECRET} to {LONGEST_SECRET} printable characters."


def key_secret() -> str:
    """`whsec_` and 32 random bytes in base64, as Standard Webhooks has it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def key_of(secret: str) -> bytes:
    """The bytes behind a Standard Webhooks secret; raises `ValueError`."""
    return base64.b64decode(secret.removeprefix("whsec_"), validate=True)


def check_key_secret(secret: str) -> str | None:
    """24 to 64 bytes, as the standard asks."""
    try:
        if 24 <= len(key_of(secret)) <= 64:
            return None
    except (binascii.Error, ValueError):
        pass
    return "A secret is whsec_ followed by 24 to 64 bytes in base64."


def to_seconds(moment: datetime) -> str:
    """`2026-11-22T09:15:20Z`"""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_milliseconds(moment: datetime) -> str:
    """`2026-11-22T09:15:20.000Z`"""
    moment = moment.astimezone(UTC)
    return f"{moment.strftime('%Y-%m-%dT%H:%M:%S')}.{moment.microsecond // 1000:03d}Z"
