"""What goes between us and a child: pickles, each after its length.

Our side trusts nothing that comes back: a child may have been taken over by the document it
read, so that only plain values, our dataclasses, our enums and our errors are rebuilt.
"""

import dataclasses
import enum
import io
import pickle
import socket
import struct
from typing import Any

from octavo.domain.errors import OctavoError, _rebuild

LENGTH = struct.Struct(">Q")
MAX_ANSWER_BYTES = 2**28


class ChildLied(Exception):
    """An answer no child of ours would give."""


def framed(message: Any) -> bytes:
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(content)) + content


def receive(channel: socket.socket) -> Any:
    """In the child: the next request. Raises `EOFError` when the parent is gone."""
    (length,) = LENGTH.unpack(_exactly(channel, LENGTH.size))
    return pickle.loads(_exactly(channel, length))  # noqa: S301 - our parent is who may tell us what to run


def _exactly(channel: socket.socket, count: int) -> bytes:
    content = bytearray()
    while len(content) < count:
        part = channel.recv(min(count - len(content), 2**20))
        if not part:
            raise EOFError
        content += part
    return bytes(content)


def read_answer(content: bytes) -> Any:
    """Raises `ChildLied`."""
    try:
        return _Answers(io.BytesIO(content)).load()
    except ChildLied:
        raise
    except Exception as error:
        raise ChildLied(type(error).__name__) from error


class _Answers(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> Any:
        if module_name.startswith("octavo."):
            found = super().find_class(module_name, global_name)
            if found is _rebuild or (isinstance(found, type) and _is_plain(found)):
                return found
        raise ChildLied(f"{module_name}.{global_name}")


def _is_plain(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) or issubclass(kind, OctavoError | enum.Enum)
