"""`octavo process`, top to bottom."""

import asyncio
import signal
from pathlib import Path

import typer

from octavo.cli.options import DataDir
from octavo.cli.process.inputs import Document, check_sources_stay, find_documents, parse_formats
from octavo.cli.process.options import (
    ApiKey,
    DocumentTypeChoice,
    Engine,
    Files,
    Languages,
    Out,
    Overlay,
    Pages,
    Password,
    PriorityChoice,
    ProfileChoice,
    ServerChoice,
    ShowFields,
    TemplateChoice,
    To,
)
from octavo.cli.process.order import Order, Outcome
from octavo.cli.process.progress import report_on
from octavo.cli.process.summary import show_fields, show_summary
from octavo.cli.terminal import INCOMPLETE, INTERRUPTED, messages
from octavo.domain.errors import InvalidRequest
from octavo.domain.job import PageSelection, Priority, Profile
from octavo.settings import Settings, load_settings


def process_command(
    files: Files,
    to: To = "json,markdown,text",
    out: Out = Path("out"),
    pages: Pages = None,
    languages: Languages = None,
    password: Password = None,
    engine: Engine = "auto",
    profile: ProfileChoice = Profile.STANDARD,
    document_type: DocumentTypeChoice = None,
    template: TemplateChoice = None,
    fields: ShowFields = False,
    priority: PriorityChoice = "medium",
    overlay: Overlay = False,
    data_dir: DataDir = None,
    server: ServerChoice = None,
    api_key: ApiKey = None,
) -> None:
    """Read documents and write their text.

    Uses the server that runs on the data folder, or starts one for as long as it takes. The exit
    status is 0 only if every page of every document was read and every result was written.
    """
    documents = find_documents(files)
    order = Order(
        _fields(pages, languages, password, engine, profile, priority)
        | {
            name: text for name, text in (("document_type", document_type), ("template_id", template)) if text
        },
        parse_formats(to),
        out,
        overlay,
        fields,
    )
    check_sources_stay(documents, order.formats, out)
    settings = load_settings(data_dir=data_dir, url=server, api_key=api_key)
    _make_folder(out)
    try:
        outcomes = asyncio.run(_process(documents, order, settings))
    except (KeyboardInterrupt, asyncio.CancelledError):
        messages().print("Interrupted; what was not read yet was cancelled.")
        raise typer.Exit(INTERRUPTED) from None
    for outcome in outcomes:
        show_fields(outcome)
    show_summary(outcomes)
    if any(outcome.problem for outcome in outcomes):
        raise typer.Exit(INCOMPLETE)


async def _process(documents: list[Document], order: Order, settings: Settings) -> list[Outcome]:
    from octavo.cli.process.access import server_access
    from octavo.cli.process.client import connect
    from octavo.cli.process.read import read_documents

    _end_in_order_on_signals()
    console = messages()
    async with server_access(settings) as access, connect(access) as client:
        with report_on(console, [document.label for document in documents]) as reporter:
            return await read_documents(documents, order, client=client, reporter=reporter)


def _end_in_order_on_signals() -> None:
    """Both signals cancel the running task, so that jobs, the key and the server do not outlive us."""
    reading = asyncio.current_task()
    if reading is not None:
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, reading.cancel)


def _fields(
    pages: str | None,
    languages: str | None,
    password: str | None,
    engine: str,
    profile: Profile,
    priority: str,
) -> dict[str, str]:
    """The form's fields. What is wrong is said before anything is started. Raises `InvalidRequest`."""
    PageSelection.parse(pages)
    names = [name.lower() for name in Priority.__members__]
    if priority.lower() not in names:
        raise InvalidRequest(f"There is no priority {priority!r}. Priorities: {', '.join(names)}.")
    fields = {"engine": engine, "profile": profile.value, "priority": priority.lower()}
    given = {"pages": pages, "languages": languages, "password": password}
    return fields | {name: value for name, value in given.items() if value}


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidRequest(f"The folder {out} cannot be made: {error.strerror}.") from None
