"""What a child may ask of us while it works: the one thing is a vision model's reading of a picture.

The child has no network; we have. It sends a picture and gets text, and nothing else can be asked.
"""

import socket
from typing import Any

from octavo.adapters.isolation.channel import framed, receive
from octavo.domain.errors import OctavoError

ASKING = "asking"

channel: socket.socket | None = None
"""Set by the loop of a child; None in our own process."""


def transcribe(picture: bytes, media_type: str) -> str:
    """In the child: what the vision model writes about the picture. Raises what asking it raised."""
    if channel is None:
        raise RuntimeError("only a child process asks")
    channel.sendall(framed((ASKING, picture, media_type)))
    answer: Any = receive(channel)
    if isinstance(answer, OctavoError):
        raise answer
    return str(answer)
