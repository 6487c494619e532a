"""A process whose supervisor is gone ends, whatever holds it."""

import signal
import subprocess
import sys

STUBBORN = """
import signal, sys, time
from octavo.server.link import exit_with_parent
signal.signal(signal.SIGTERM, signal.SIG_IGN)
exit_with_parent(within_s=0.2)
print("ready", flush=True)
time.sleep(60)
"""


def test_an_orphan_that_does_not_end_when_told_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STUBBORN], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as orphan:
        assert orphan.stdin is not None
        assert orphan.stdout is not None
        assert orphan.stdout.readline() == b"ready\n"

        orphan.stdin.close()

        assert orphan.wait(30) == -signal.SIGKILL
