"""`octavo engines`: what reads ink here."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from octavo.bootstrap import open_engines
from octavo.cli.options import AsJson
from octavo.cli.terminal import output
from octavo.ports.engines import EngineDescription
from octavo.settings import load_settings


def engines_command(
    models: Annotated[bool, typer.Option("--models", help="Show every model file and its digest.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the engines, what they read, and what is missing."""
    engines = open_engines(load_settings()).describe()
    if as_json:
        print(json.dumps({"engines": [asdict(engine) for engine in engines]}))  # noqa: T201 -- a script reads it
        return
    table = Table("engine", "version", "digest", "languages", "state", box=None, pad_edge=False)
    for engine in engines:
        state = "available" if engine.available else engine.reason or "not available"
        languages = " ".join(engine.languages) or "-"
        table.add_row(engine.name, engine.version, engine.digest[:12], languages, state)
    output().print(table)
    if models:
        _show_models(engines)


def _show_models(engines: tuple[EngineDescription, ...]) -> None:
    table = Table("engine", "model", "sha256", "MB", "licence", box=None, pad_edge=False)
    for engine in engines:
        for model in engine.models:
            megabytes = f"{model.size_bytes / 1e6:.1f}"
            table.add_row(engine.name, model.name, model.sha256, megabytes, model.licence)
    output().print(table)
