"""What a child may not do, from the first moment: the kernel says no, whatever a library is talked into."""

import contextlib
import ctypes
import errno
import json
import os
import resource
import signal
import sys
import threading
import time
from dataclasses import asdict, dataclass, replace

from octavo.adapters.isolation.landlock import restrict_files
from octavo.adapters.isolation.reach import reachable

_PR_SET_PDEATHSIG = 1
_OPEN_FILES = 256
_PARENT_LOOK_S = 0.5

_NEVER = (
    # The network, and other programs through a socket.
    *("socket", "connect", "bind", "listen", "accept", "accept4"),
    # Other processes' memory and the machine.
    *("ptrace", "process_vm_readv", "process_vm_writev", "pidfd_open", "pidfd_getfd", "pidfd_send_signal"),
    *(
        "mount",
        "umount2",
        "pivot_root",
        "chroot",
        "setns",
        "unshare",
        "bpf",
        "perf_event_open",
        "userfaultfd",
    ),
    *("keyctl", "add_key", "request_key", "kexec_load", "kexec_file_load", "init_module", "finit_module"),
    *("open_by_handle_at", "io_uring_setup", "reboot", "swapon", "personality"),
    # Out of the process group, where a kill would no longer reach.
    *("setsid", "setpgid"),
)
_NO_PROGRAMS = ("execve", "execveat")


@dataclass(frozen=True, slots=True)
class Confinement:
    memory_bytes: int
    """Of address space: models that are mapped from disk count too."""
    file_bytes: int
    """No file that it writes grows larger."""
    programs: bool
    """May start programs: only for the engine that is one (Tesseract)."""
    readable: tuple[str, ...] | None = None
    """Folders beside those that Python and the system are in; None for whatever our user may open."""
    writable: tuple[str, ...] = ()
    """Folders that it may read and write in. Means nothing without `readable`."""

    def suit(self, needed: "Confinement") -> bool:
        """Whether a child under these rules may do what needs `needed`."""
        return replace(self, programs=needed.programs) == needed and self.programs >= needed.programs

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Confinement":
        told = json.loads(text)
        readable = None if told["readable"] is None else tuple(told["readable"])
        return cls(**told | {"readable": readable, "writable": tuple(told["writable"])})


def confine(rules: Confinement, parent: int) -> tuple[bool, bool]:
    """Called once, in the child, while it has one thread.

    Returns whether the kernel filters system calls, and whether it limits files as `rules` want.
    Where it does not (macOS, no libseccomp, no Landlock) the limits and the separate process remain.
    """
    _die_with(parent)
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, rules.file_bytes),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_AS, rules.memory_bytes),
    ):
        _limit(kind, value)
    # The filter first: to find its library, Python may start a program and write a file.
    return _filter_system_calls(rules), _limit_files(rules)


def _limit_files(rules: Confinement) -> bool:
    if rules.readable is None:
        return True
    return restrict_files(reachable(rules.readable, rules.writable, programs=rules.programs))


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    # macOS refuses a limit of the address space below what is mapped already.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, value))


def _die_with(parent: int) -> None:
    """No child outlives its parent, even one that never looks up from its work."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    # It may have died before we asked.
    if os.getppid() != parent:
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PARENT_LOOK_S)
    os._exit(1)


def _filter_system_calls(rules: Confinement) -> bool:
    if sys.platform != "linux":
        return False
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError):
        return False
    filtered = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    refuse = pyseccomp.ERRNO(errno.EPERM)
    for name in _NEVER if rules.programs else (*_NEVER, *_NO_PROGRAMS):
        # A name that this kernel or processor does not have needs no rule.
        with contextlib.suppress(OSError, RuntimeError, ValueError):
            filtered.add_rule(refuse, name)
    if not rules.programs:
        itself = pyseccomp.Arg(0, pyseccomp.NE, os.getpid())
        for name in ("kill", "tkill", "tgkill"):
            # abort() signals its own process; other processes of the same user are none of its business.
            # tkill takes a thread's number, which a single-threaded abort shares with the process.
            filtered.add_rule(refuse, name, itself)
    try:
        filtered.load()
    except (OSError, RuntimeError):
        return False
    return True
