"""What a person or a script sees: two consoles, and an exit status for every kind of failure."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from octavo.domain.errors import (
    Conflict,
    Forbidden,
    Gone,
    InvalidRequest,
    NotFound,
    OctavoError,
    QuotaExceeded,
    SourceUnreachable,
    TemporaryFailure,
    Unauthenticated,
    UnreadableDocument,
)

OK = 0
INCOMPLETE = 1
"""The command ran, and not everything it looked at was well: a document not read, a check that failed."""
INTERNAL = 70
INTERRUPTED = 130

EXIT_STATUS: dict[type[OctavoError], int] = {
    InvalidRequest: 2,
    NotFound: 3,
    Gone: 3,
    Conflict: 4,
    Unauthenticated: 5,
    Forbidden: 5,
    UnreadableDocument: 6,
    SourceUnreachable: 75,
    QuotaExceeded: 75,
    TemporaryFailure: 75,
}
"""By class, the nearest ancestor counts. 75 (EX_TEMPFAIL of sysexits.h) means: try again later."""


def output() -> Console:
    """Standard output: results. Made anew each time, so that it follows a redirected stream."""
    return Console(soft_wrap=True, highlight=False)


def messages() -> Console:
    """Standard error: progress, warnings, failures."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


def show_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Aligned on a terminal; anywhere else one line a row, tabs between, nothing cut off."""
    console = output()
    if not console.is_terminal:
        for row in [names, *rows]:
            print("\t".join(row))  # noqa: T201 -- rich would turn the tabs into spaces
        return
    table = Table(*names, box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(*map(_plain, row))
    console.print(table)


def exit_status(error: OctavoError) -> int:
    return next((EXIT_STATUS[kind] for kind in type(error).__mro__ if kind in EXIT_STATUS), INTERNAL)


def show_error(summary: str) -> None:
    messages().print(f"[bold red]Error:[/] {_plain(summary)}")


def _plain(text: str) -> str:
    """Square brackets in a message are brackets, not markup."""
    return text.replace("[", r"\[")
