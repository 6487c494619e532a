"""A folder for what one process writes while it works; what killed processes left there goes too."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "octavo-scratch-"


@contextlib.contextmanager
def scratch_folder(above: Path) -> Iterator[Path]:
    """It is locked as long as its process lives, however that ends: so the next one to start knows.

    Parts of documents lie there; without this a kill at the wrong moment would keep them for ever,
    where no purge and no retention looks.
    """
    _clear_abandoned(above)
    # Locked before it has its name, so that nobody who starts at the same time takes it for abandoned.
    unnamed = Path(tempfile.mkdtemp(prefix=".octavo-", dir=above))
    handle = os.open(unnamed, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        folder = unnamed.rename(above / (_PREFIX + unnamed.name.removeprefix(".octavo-")))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def _clear_abandoned(above: Path) -> None:
    for folder in above.glob(f"{_PREFIX}*"):
        # No folder, in use, or just cleared by somebody else.
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(handle).st_uid == os.geteuid():
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)
