"""Which files a child may open: what it runs on, the documents' folders, and its scratch folder.

Not the data folder, home folders, other temporary files, or what other processes are.
"""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import octavo
from octavo.adapters.isolation.landlock import READ, WRITE, Access
from octavo.adapters.readers.libreoffice import office_folder

_SYSTEM = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store"),
    *("/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/fonts", "/etc/localtime", "/etc/mime.types"),
    # Numbers of the machine by which libraries choose their code. Not /proc: other processes' are there.
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/vm/overcommit_memory", "/proc/self"),
    *("/sys/devices/system/cpu", "/sys/devices/system/node"),
    *("/dev/urandom", "/dev/random", "/dev/zero"),
)
_PACKAGES = {"site-packages", "dist-packages"}


def reachable(
    readable: Iterable[str], writable: Iterable[str], *, programs: bool
) -> Iterator[tuple[Path, Access]]:
    """Each folder with what is allowed below it; programs may be started only where asked for."""
    run = READ | Access.EXECUTE if programs else READ
    for system in _SYSTEM:
        yield Path(system), run
    for ours in _python():
        yield ours, READ
    for office in _office():
        yield office, READ
    if programs:
        for foreign in _tesseract():
            yield foreign, run
    for folder in readable:
        yield Path(folder), READ
    for folder in writable:
        yield Path(folder), READ | WRITE
    yield Path(os.devnull), Access.READ_FILE | Access.WRITE_FILE


def _python() -> Iterator[Path]:
    """Not all of `sys.path`: the folder that `python -m` was called in may be the data folder."""
    for prefix in {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}:
        yield Path(prefix)
    yield from (Path(entry) for entry in sys.path if Path(entry).name in _PACKAGES)
    # In an editable install it lies outside all of these.
    yield Path(octavo.__file__).parent


def _tesseract() -> Iterator[Path]:
    """Where it is not the system's own: the program, its libraries and its data, not all that is beside them."""
    found = shutil.which("tesseract")
    if found is not None:
        program = Path(found).resolve()
        yield program
        above = program.parent.parent
        yield from (above / "lib", above / "share" / "tessdata", above / "share" / "tesseract-ocr")


def _office() -> Iterator[Path]:
    """LibreOffice's folder, and where distributions keep its settings: a child runs it as a library."""
    folder = office_folder()
    if folder is not None:
        yield folder.parent
        yield from (Path(above, "libreoffice") for above in ("/etc", "/var/lib", "/var/spool"))
