"""`octavo doctor`: is everything there that reading documents needs?"""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Annotated

import typer

from octavo.bootstrap import (
    check_models,
    open_blobs,
    open_database,
    open_engines,
    unread_for_want_of_office,
)
from octavo.cli.database import reachable_database
from octavo.cli.options import AsJson, DataDir
from octavo.cli.terminal import INCOMPLETE, show_table
from octavo.domain.errors import OctavoError
from octavo.settings import Settings, load_settings


class State(StrEnum):
    OK = "ok"
    NOTE = "note"
    """Something optional is missing."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    state: State
    detail: str


Check = Callable[[Settings], Iterator[Finding]]


def doctor_command(
    data_dir: DataDir = None,
    as_json: AsJson = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out what takes seconds: hashing models, test reads.")
    ] = False,
) -> None:
    """Check database, blobs, engines, LibreOffice, models, and that no engine reaches the network.

    The exit status is 0 when nothing failed.
    """
    settings = load_settings(data_dir=data_dir)
    findings = diagnose(settings, quick=quick)
    if as_json:
        print(json.dumps({"checks": [asdict(finding) for finding in findings]}))  # noqa: T201 -- a script reads it
    else:
        _show(findings)
    if any(finding.state is State.FAILED for finding in findings):
        raise typer.Exit(INCOMPLETE)


def diagnose(settings: Settings, *, quick: bool) -> list[Finding]:
    """Every check, however the others end."""
    findings: list[Finding] = []
    checks = [("database", check_database), ("blobs", check_blobs), ("engines", check_engines)]
    checks += [("libreoffice", check_office)]
    if not quick:
        checks += [("models", check_model_files), ("network", check_offline)]
    for name, check in checks:
        try:
            findings.extend(check(settings))
        except OctavoError as error:
            findings.append(Finding(name, State.FAILED, error.summary))
        except Exception as error:  # noqa: BLE001 -- a check that breaks is a finding, not an end
            findings.append(Finding(name, State.FAILED, f"The check itself broke ({type(error).__name__})."))
    return findings


def check_database(settings: Settings) -> Iterator[Finding]:
    with ExitStack() as stack:
        reachable = stack.enter_context(reachable_database(settings, migrate=False))
        facts = asyncio.run(_database_facts(reachable))
    kind = "embedded PostgreSQL" if settings.database_url is None else "PostgreSQL"
    if not facts["current"]:
        yield Finding(
            "database", State.FAILED, f"{kind} answers, but its tables are not this version's: octavo migrate"
        )
        return
    yield Finding("database", State.OK, f"{kind} {facts['server_version']}, schema {facts['revision']}")


def check_blobs(settings: Settings) -> Iterator[Finding]:
    asyncio.run(open_blobs(settings).check())
    where = "bucket" if settings.blobs.startswith("s3://") else "folder"
    yield Finding("blobs", State.OK, f"{where} can be written, read and deleted from")


def check_engines(settings: Settings) -> Iterator[Finding]:
    engines = open_engines(settings).describe()
    for engine in engines:
        if engine.available:
            languages = f"{len(engine.languages)} languages: {' '.join(engine.languages)}"
            detail = (
                f"version {engine.version}, digest {engine.digest.removeprefix('sha256:')[:12]}, {languages}"
            )
            yield Finding(engine.name, State.OK, detail)
        else:
            yield Finding(engine.name, State.NOTE, engine.reason or "not available")
    if not any(engine.available for engine in engines):
        yield Finding("engines", State.FAILED, "No engine is available, so that no scan can be read.")


def check_office(settings: Settings) -> Iterator[Finding]:
    """LibreOffice is optional: only older kinds of Office files need it."""
    del settings  # it is the machine's
    unread = unread_for_want_of_office()
    if unread is None:
        yield Finding("libreoffice", State.OK, "DOC, PPT, XLS, RTF, ODT, ODP and ODS are read")
        return
    kinds, packages = unread
    yield Finding("libreoffice", State.NOTE, f"{kinds} are not read. To read them: apt install {packages}")


def check_model_files(settings: Settings) -> Iterator[Finding]:
    problems = check_models(settings)
    for problem in problems:
        yield Finding("models", State.FAILED, problem)
    if problems:
        return
    for engine in open_engines(settings).describe():
        for model in engine.models:
            detail = f"{model.name}: sha256 {model.sha256[:16]}…, {model.licence}"
            yield Finding("models", State.OK, detail)


def check_offline(settings: Settings) -> Iterator[Finding]:
    from octavo.cli.offline import try_offline

    for engine in open_engines(settings).describe():
        if engine.available:
            problem = try_offline(engine.name, settings)
            state = State.OK if problem is None else State.FAILED
            yield Finding("network", state, problem or f"{engine.name} read a test picture with no network")


async def _database_facts(settings: Settings) -> dict[str, object]:
    async with open_database(settings) as store:
        return await store.check()


def _show(findings: list[Finding]) -> None:
    rows = [[finding.check, finding.state.value, finding.detail] for finding in findings]
    show_table(["check", "state", "detail"], rows)
