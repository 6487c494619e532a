"""What a supervisor starts; nobody types these."""

import logging
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from octavo.domain.errors import OctavoError, TemporaryFailure
from octavo.server.child import CANNOT_RUN

app = typer.Typer(hidden=True)
_log = logging.getLogger(__name__)


@app.command("api")
def api_command(fd: Annotated[int, typer.Option()]) -> None:
    from octavo.server.api import run_api

    _or_say_why(lambda: run_api(fd))


@app.command("worker")
def worker_command() -> None:
    from octavo.cli.worker_process import run_worker_process

    _or_say_why(run_worker_process)


@app.command("offline")
def offline_command(engine: Annotated[str, typer.Option()]) -> None:
    from octavo.cli.offline import run_offline

    _or_say_why(lambda: run_offline(engine))


def _or_say_why(work: Callable[[], None]) -> None:
    """Trouble that passes is tried again by the supervisor; what does not pass ends it."""
    try:
        work()
    except OctavoError as error:
        _log.error("%s", error.summary)
        sys.exit(1 if isinstance(error, TemporaryFailure) else CANNOT_RUN)
    except Exception:  # noqa: BLE001 -- the supervisor starts it again; the log keeps the stack
        _log.exception("The process ended on a fault of its own.")
        sys.exit(1)
