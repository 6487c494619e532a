"""Blocking file work off the event loop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from octavo.adapters.blobs.keys import PIECE_BYTES

_P = ParamSpec("_P")
_T = TypeVar("_T")


async def in_thread(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Like `asyncio.to_thread`, but a cancelled caller waits for the thread.

    Otherwise the caller's clean-up would close and delete a file that the thread still writes.
    """
    running = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


async def file_chunks(path: Path, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
    """Raises `FileNotFoundError` at the first chunk."""
    with await in_thread(path.open, "rb") as opened:
        if start:
            opened.seek(start)
        left = None if stop is None else max(0, stop - start)
        while left is None or left > 0:
            chunk = await in_thread(opened.read, PIECE_BYTES if left is None else min(PIECE_BYTES, left))
            if not chunk:
                return
            left = None if left is None else left - len(chunk)
            yield chunk
