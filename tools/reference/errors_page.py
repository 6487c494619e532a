"""`errors.md`, from the error tree and the tables at the edges."""

import importlib
import pkgutil
import re

from tools.reference.error_notes import NOTES, PAGE_NOTES
from tools.reference.markup import code, page, table

import octavo.app
import octavo.domain
import octavo.http
import octavo.ports
from octavo.cli.terminal import exit_status
from octavo.domain import errors
from octavo.domain.errors import OctavoError
from octavo.http.problems import RETRY_AFTER_S, status_of
from octavo.ports.isolation import ChildDied

TELLING = (octavo.domain, octavo.ports, octavo.app, octavo.http)
"""The packages whose errors a caller may meet."""

_INTRODUCTION = """
Every refusal is a problem document (RFC 9457, `application/problem+json`):

```json
{
  "type": "/problems/unsupported_media_type",
  "title": "Unsupported Media Type",
  "status": 415,
  "detail": "This is a Word document (DOCX), which is not read. Save or export it as PDF and send that.",
  "code": "unsupported_media_type",
  "retryable": false,
  "request_id": "req_5f0c7b1e9a42d6038c1fb7aa",
  "media_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}
```

`code` is stable: decide by it, not by `detail`, which is a sentence for people. `retryable` says whether the same
request can succeed later without a change. More members follow where they help (limits, the option that is wrong).
The same codes stand in `error.code` of a failed job, and the command line turns them into exit statuses.
A job or file of somebody else is `not_found`, as if it did not exist.
"""


def error_classes() -> list[type[OctavoError]]:
    """The whole tree, parents before children; what has no code of its own is told as its parent."""
    for package in TELLING:
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found: list[type[OctavoError]] = []
    waiting = [OctavoError]
    while waiting:
        kind = waiting.pop(0)
        found.append(kind)
        waiting[:0] = sorted(kind.__subclasses__(), key=_position)
    return [kind for kind in found if _is_ours(kind) and "code" in vars(kind)]


def _is_ours(kind: type[OctavoError]) -> bool:
    """A dialect's own refusals are told in its vendor's words, on its vendor's pages."""
    return kind.__module__.startswith(tuple(f"{package.__name__}." for package in TELLING))


def errors_page() -> str:
    kinds = error_classes()
    rows = [
        (
            f"[{code(kind.code)}](#{kind.code})",
            str(_status(kind)),
            "yes" if kind.retryable else "no",
            str(exit_status(_instance(kind))),
        )
        for kind in kinds
    ]
    return page(
        "Errors",
        "`octavo.domain.errors` and the tables in `octavo.http.problems` and `octavo.cli.terminal`",
        _INTRODUCTION.strip(),
        "## All codes",
        table(("Code", "HTTP status", "Retryable", "Exit status"), rows),
        "\n\n".join(_section(kind) for kind in kinds),
        "## Pages that failed",
        "A document of which some pages could not be read completes; those pages are told in "
        "`extraction.per_page_failures` and by the pages' list, with one of these codes.",
        table(("Code", "What happened"), [(code(name), note) for name, note in PAGE_NOTES.items()]),
    )


def _section(kind: type[OctavoError]) -> str:
    status = _status(kind)
    told = f"Status {status}" + (", with `Retry-After`" if status in RETRY_AFTER_S else "")
    return f"### {kind.code}\n\n{told}. {NOTES[kind.code]}"


def _position(kind: type[OctavoError]) -> tuple[int, str]:
    """In the order of the tree in the module's docstring; later modules' errors after it."""
    found = re.search(rf"\b{kind.__name__}\b", errors.__doc__ or "")
    return (found.start() if found else 10_000, kind.__name__)


def _status(kind: type[OctavoError]) -> int:
    return status_of(_instance(kind))


def _instance(kind: type[OctavoError]) -> OctavoError:
    """An error of that class whatever its constructor wants: only its class is looked at."""
    return kind.__new__(kind)


assert issubclass(ChildDied, OctavoError)  # noqa: S101  imported so that the tree is whole
