"""What a hostile document might make a child do. Every function runs in a child."""

import ctypes
import os
import socket
import subprocess
import time
from pathlib import Path
from typing import NoReturn

from octavo.domain.errors import DocumentTooLarge, UnreadableDocument


def innocent(value: int) -> int:
    return value * 2


def pid() -> int:
    return os.getpid()


def environment() -> str:
    return " ".join(f"{name}={value}" for name, value in os.environ.items())


def segfault() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(3)


def abort() -> None:
    os.abort()


def loop() -> NoReturn:
    while True:
        pass


def loop_in_native_code() -> None:
    ctypes.CDLL(None).pause()


def eat_memory() -> int:
    return len(bytearray(16 * 2**30))


def eat_memory_in_small_bites() -> int:
    bites = [bytes(100_000)]
    while True:
        bites.append(bytes(100_000 + len(bites)))


def fail(secret: str) -> NoReturn:
    raise ValueError(f"the document says {secret}")


def refuse() -> NoReturn:
    raise DocumentTooLarge("It has too many pages.", max_pages=10)


class HomeMade(UnreadableDocument):
    """An error class the parent does not know."""


def refuse_in_an_unknown_way() -> NoReturn:
    raise HomeMade("…")


class _Bomb:
    def __reduce__(self) -> tuple[object, ...]:
        return (os.system, ("true",))


def answer_with_code() -> object:
    return _Bomb()


def announce_and_loop(path: Path) -> NoReturn:
    path.write_text(str(os.getpid()))
    loop()


def announce_a_program_and_wait(path: Path) -> None:
    process = subprocess.Popen(["/bin/sleep", "600"])
    path.write_text(str(process.pid))
    process.wait()


def attempts(victim: int) -> dict[str, str]:
    """What each forbidden thing came to."""
    return {
        "socket": _outcome(lambda: socket.socket(socket.AF_INET)),
        "unix socket": _outcome(lambda: socket.socket(socket.AF_UNIX)),
        "program": _outcome(lambda: subprocess.run(["/bin/true"], check=True)),
        "signal": _outcome(lambda: os.kill(victim, 0)),
        "session": _outcome(os.setsid),
        "trace": _outcome(_trace),
    }


def _trace() -> None:
    if ctypes.CDLL(None, use_errno=True).ptrace(0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def _outcome(attempt: object) -> str:
    assert callable(attempt)
    try:
        attempt()
    except OSError as error:
        return f"errno {error.errno}"
    return "done"


def write_much(path: Path, size_bytes: int) -> str:
    return _outcome(lambda: path.write_bytes(bytes(size_bytes)))


def nap() -> float:
    time.sleep(0.05)
    return time.monotonic()


def reaches(*paths: Path) -> dict[str, str]:
    """What opening each of them for reading came to."""
    return {str(path): _outcome(path.read_bytes) for path in paths}


def lists(*folders: Path) -> dict[str, str]:
    return {str(folder): _outcome(lambda folder=folder: list(folder.iterdir())) for folder in folders}


def copy(source: Path, target: Path) -> str:
    return _outcome(lambda: target.write_bytes(source.read_bytes()))


def lead_elsewhere(link: Path, target: Path) -> dict[str, str]:
    """Leave a name where our process would look for what the child wrote."""
    return {
        "symbolic link": _outcome(lambda: link.symlink_to(target)),
        "hard link": _outcome(lambda: link.hardlink_to(target)),
        "pipe": _outcome(lambda: os.mkfifo(link)),
    }


def program_reads(path: Path) -> int:
    """The exit code of a program that this child starts, which reads a file."""
    return subprocess.run(["/bin/cat", str(path)], capture_output=True, check=False).returncode
