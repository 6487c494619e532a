"""Linux's Landlock: a process gives up files for good, with all that it starts. Needs no rights and no library.

The calls and bits are those of `linux/landlock.h`; see https://docs.kernel.org/userspace-api/landlock.html.
"""

import contextlib
import ctypes
import os
import stat
import sys
from collections.abc import Iterable
from enum import IntFlag
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same on every processor: these calls came after their tables were made one."""
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38


class Access(IntFlag):
    EXECUTE = 1 << 0
    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    READ_DIR = 1 << 3
    REMOVE_DIR = 1 << 4
    REMOVE_FILE = 1 << 5
    MAKE_CHAR = 1 << 6
    MAKE_DIR = 1 << 7
    MAKE_REG = 1 << 8
    MAKE_SOCK = 1 << 9
    MAKE_FIFO = 1 << 10
    MAKE_BLOCK = 1 << 11
    MAKE_SYM = 1 << 12
    REFER = 1 << 13
    """Link or move into another folder."""
    TRUNCATE = 1 << 14
    IOCTL_DEV = 1 << 15


READ = Access.READ_FILE | Access.READ_DIR
WRITE = (
    Access.WRITE_FILE
    | Access.TRUNCATE
    | Access.MAKE_REG
    | Access.MAKE_DIR
    | Access.REMOVE_FILE
    | Access.REMOVE_DIR
)
"""No links: whoever opens what a child wrote must not be led elsewhere."""
_OF_FILES = Access.EXECUTE | Access.WRITE_FILE | Access.READ_FILE | Access.TRUNCATE | Access.IOCTL_DEV
_BITS_BY_VERSION = (13, 14, 15, 15, 16)
"""How many of the bits above versions 1 to 5 of the interface know; later ones added none of them."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def interface_version() -> int:
    """0 where this kernel has no Landlock, or was started without it."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG)))


def known_access(version: int) -> Access:
    """What an interface of that version (from 1) can forbid; it refuses a rule that names more."""
    bits = _BITS_BY_VERSION[min(version, len(_BITS_BY_VERSION)) - 1]
    return Access((1 << bits) - 1)


def restrict_files(allowed: Iterable[tuple[Path, Access]]) -> bool:
    """Leave this thread, and what it starts from now on, these files and what lies below these folders.

    What is open stays open. A path that does not exist now is not allowed later. Returns whether
    the kernel agreed; where it did not, nothing is restricted.
    """
    version = interface_version()
    if version == 0:
        return False
    known = known_access(version)
    handled = _Ruleset(handled_access_fs=known)
    rules = _call(
        _CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(ctypes.sizeof(handled)), ctypes.c_uint32(0)
    )
    if rules < 0:
        return False
    try:
        for path, access in allowed:
            # A rule that cannot be made leaves less, not more.
            with contextlib.suppress(OSError):
                _allow(rules, path, access & known)
        return (
            _promise_no_new_rights() and _call(_RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0)) == 0
        )
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, access: Access) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            access &= _OF_FILES
        rule = _PathBeneath(allowed_access=access, parent_fd=place)
        _call(
            _ADD_RULE,
            ctypes.c_int(rules),
            ctypes.c_int(_PATH_BENEATH),
            ctypes.byref(rule),
            ctypes.c_uint32(0),
        )
    finally:
        os.close(place)


def _promise_no_new_rights() -> bool:
    """The kernel wants it first, so that no set-uid program runs under rules it does not expect."""
    nothing = ctypes.c_ulong(0)
    promised = ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), nothing, nothing, nothing)
    return int(promised) == 0


def _call(number: int, *given: object) -> int:
    system_call = ctypes.CDLL(None).syscall
    system_call.restype = ctypes.c_long
    return int(system_call(ctypes.c_long(number), *given))
