"""LibreOffice on this machine: where it is, and one document through it.

It runs as a library in a process of its own that is forked from this one, so that it
stays under the same rules: no network, no programs, no files but those of this task
(`adapters.isolation`). Its own program needs a socket to start, which is refused here.
Where nothing of this is known (macOS), the program is started instead.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import warnings
from functools import cache
from pathlib import Path

from octavo.domain.errors import DocumentTooLarge, UnreadableDocument

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
)
PACKAGES = "libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc"
WORKBOOK_PACKAGE = "libreoffice-calc"
_LIBRARIES = ("libsofficeapp.so", "libmergedlo.so")
_WITHIN_S = 120
"""One document; 1,000 pages take about half a minute."""
_PR_SET_PDEATHSIG = 1
_NOT_LOADED, _NOT_SAVED, _NOT_STARTED = 3, 4, 5
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_SETTINGS = (
    ("Security/Scripting", "MacroSecurityLevel", "3"),
    ("Security/Scripting", "DisableMacrosExecution", "true"),
    ("Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Save/Document", "CreateBackup", "false"),
)


@cache
def office_folder() -> Path | None:
    """The folder with LibreOffice's program; None where it is not installed."""
    found = (shutil.which(name) for name in _PROGRAMS)
    resolved = [Path(program).resolve().parent for program in found if program]
    return next((place for place in (*resolved, *map(Path, _PLACES)) if _is_office(place)), None)


def _is_office(folder: Path) -> bool:
    return _library(folder) is not None or (sys.platform != "linux" and (folder / "soffice").exists())


def reads_workbooks() -> bool:
    """As a library it opens a workbook in a view, whose parts the packages without windows leave out."""
    folder = office_folder()
    if folder is None:
        return False
    view = folder.parent / "share" / "config" / "soffice.cfg" / "modules" / "scalc" / "ui" / "inputbar.ui"
    return _library(folder) is None or view.exists()


def convert(source: Path, target: Path, scratch: Path) -> None:
    """Write `source` as what the suffix of `target` says (`.docx`, `.pptx`, `.xlsx`).

    Args:
        source: Of a kind that LibreOffice reads.
        target: Its folder exists.
        scratch: An empty folder of this task alone: all else that LibreOffice writes lands in it.

    Raises:
        UnreadableDocument: LibreOffice cannot read it, or takes too long.
    """
    folder = office_folder()
    if folder is None:
        raise UnreadableDocument("LibreOffice is not installed on this machine.")
    profile = scratch / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
    library = _library(folder)
    if library is not None:
        status = _forked(library, folder, source, target, profile)
    else:
        status = _started(folder / "soffice", source, target, profile)
    if status == -signal.SIGALRM:
        raise DocumentTooLarge(
            f"LibreOffice did not finish this document within {_WITHIN_S} s. Save it as PDF and send that.",
            limit_s=_WITHIN_S,
        )
    if status != 0 or not target.exists():
        raise UnreadableDocument(
            "LibreOffice could not read this document. Open it in its own program, save it as PDF and send that."
        )


def _profile() -> str:
    items = (
        f'<item oor:path="/org.openoffice.Office.Common/{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    return _PROFILE.format(items="\n".join(items))


def _library(folder: Path) -> Path | None:
    if sys.platform != "linux":
        return None
    return next((folder / name for name in _LIBRARIES if (folder / name).exists()), None)


def _forked(library: Path, folder: Path, source: Path, target: Path, profile: Path) -> int:
    """The exit status; negative for a signal."""
    with warnings.catch_warnings():
        # Threads of this process are not needed in the other one: it calls nothing but LibreOffice.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        status = _NOT_STARTED
        try:
            _prepare(profile.parent)
            status = _converted(library, folder, source, target, profile)
        finally:
            os._exit(status)
    _, ended = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(ended)


def _prepare(scratch: Path) -> None:
    """It ends itself in time and with its parent: under confinement nobody else may end it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    signal.alarm(_WITHIN_S)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.putenv("SAL_USE_VCLPLUGIN", "svp")
    os.chdir(scratch)
    os.putenv("HOME", str(scratch))
    os.putenv("TMPDIR", str(scratch))


def _converted(library: Path, folder: Path, source: Path, target: Path, profile: Path) -> int:
    """Through LibreOfficeKit; the places of its functions are those of `LibreOfficeKit.h`."""
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    hook = ctypes.CDLL(str(library), mode=os.RTLD_NOW | os.RTLD_GLOBAL).libreofficekit_hook_2
    hook.restype, hook.argtypes = pointer, [text, text]
    kit = hook(str(folder).encode(), profile.as_uri().encode())
    if not kit:
        return _NOT_STARTED
    load = ctypes.CFUNCTYPE(pointer, pointer, text)(_function(kit, 2))
    document = load(kit, source.as_uri().encode())
    if not document:
        return _NOT_LOADED
    save = ctypes.CFUNCTYPE(ctypes.c_int, pointer, text, text, text)(_function(document, 2))
    saved = save(document, target.as_uri().encode(), target.suffix.removeprefix(".").encode(), None)
    return 0 if saved else _NOT_SAVED


def _function(kit: int, at: int) -> int:
    """Number `at` in the table that the first word of an object points to; number 0 is the table's size."""
    table = ctypes.cast(kit, ctypes.POINTER(ctypes.c_void_p))[0]
    return int(ctypes.cast(table or 0, ctypes.POINTER(ctypes.c_void_p))[at] or 0)


def _started(program: Path, source: Path, target: Path, profile: Path) -> int:
    command = [
        *(str(program), "--headless", "--norestore", "--nolockcheck", "--nologo"),
        f"-env:UserInstallation={profile.as_uri()}",
        *("--convert-to", target.suffix.removeprefix("."), "--outdir", str(target.parent), str(source)),
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_WITHIN_S, check=False)
    except subprocess.TimeoutExpired:
        return -signal.SIGALRM
    except OSError:
        return _NOT_STARTED
    made = target.parent / f"{source.stem}{target.suffix}"
    if made != target and made.exists():
        made.rename(target)
    return done.returncode
