"""The pictures a result names, saved beside it, so that it can be moved and read without a server."""

import asyncio
import re
from pathlib import Path

from octavo.cli.process.client import Client

_ADDRESS = re.compile(rb"/v1/jobs/job_[0-9a-f]{24}/images/([0-9]{1,9}-[0-9a-f]{12})")
_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/emf": ".emf",
    "image/wmf": ".wmf",
}


async def save_pictures(result: Path, folder: Path, client: Client) -> int:
    """Write the pictures that `result` names into `folder`, and name them there; how many they are.

    A result without pictures is left as it is, and no folder is made.
    """
    content = await asyncio.to_thread(result.read_bytes)
    names: dict[bytes, bytes] = {}
    for address in sorted({match[0] for match in _ADDRESS.finditer(content)}):
        picture, media_type = await client.download(address.decode())
        name = address.decode().rpartition("/")[2] + _SUFFIXES.get(media_type, "")
        await asyncio.to_thread(_write, folder / name, picture)
        names[address] = f"{folder.name}/{name}".encode()
    if names:
        renamed = _ADDRESS.sub(lambda match: names[match[0]], content)
        await asyncio.to_thread(result.write_bytes, renamed)
    return len(names)


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(content)
