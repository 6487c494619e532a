"""Work that may take too long or crash, in a fork of this process that can be ended without it."""

import os
import signal
import tempfile
import warnings
from collections.abc import Callable

_FAILED = 1


def done_aside(work: Callable[[], bytes], *, within_s: int) -> bytes | None:
    """What `work` returns; None where it fails, crashes or does not end in time.

    It runs under the same confinement as this process, and ends itself: under that nobody else may end it.
    """
    with tempfile.TemporaryFile() as made:
        with warnings.catch_warnings():
            # Threads of this process are not needed in the other one.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if process == 0:
            status = _FAILED
            try:
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
                signal.alarm(within_s)
                made.write(work())
                made.flush()
                status = 0
            finally:
                os._exit(status)
        _, ended = os.waitpid(process, 0)
        if os.waitstatus_to_exitcode(ended) != 0:
            return None
        made.seek(0)
        return made.read()
