"""`multipart/mixed`: a part for each document, base64, as the API sends it to who accepts that and nothing else.

There each part has a `Content-Length`, and no last boundary comes; here the length, which would have to be known
before a part is written, is left out, and the body ends as RFC 2046 has it.
"""

from base64 import b64encode
from collections.abc import AsyncIterator, Iterable

_WHOLE = 3
"""Bytes that make four characters of base64 without padding."""


async def mixed(parts: Iterable[tuple[AsyncIterator[bytes], str]], boundary: str) -> AsyncIterator[bytes]:
    """The body; each part is its content and its media type."""
    for content, media_type in parts:
        head = f"--{boundary}\r\nContent-Type: {media_type}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        yield head.encode()
        async for piece in _encoded(content):
            yield piece
        yield b"\r\n"
    yield f"--{boundary}--\r\n".encode()


async def _encoded(content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """One line, as there: its readers decode a part without looking for line ends."""
    waiting = b""
    async for piece in content:
        waiting += piece
        whole = len(waiting) // _WHOLE * _WHOLE
        yield b64encode(waiting[:whole])
        waiting = waiting[whole:]
    yield b64encode(waiting)
