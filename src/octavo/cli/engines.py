"""`octavo engines`: what reads ink here."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from octavo.bootstrap import open_engines
from octavo.cli.options import AsJson
from octavo.cli.terminal import show_table
from octavo.settings import load_settings

if TYPE_CHECKING:
    from octavo.ports.engines import EngineDescription


def engines_command(
    models: Annotated[bool, typer.Option("--models", help="Show every model file and its digest.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the engines, what they read, and what is missing."""
    engines = open_engines(load_settings()).describe()
    if as_json:
        print(json.dumps({"engines": [asdict(engine) for engine in engines]}))  # noqa: T201 -- a script reads it
        return
    rows = []
    for engine in engines:
        state = "available" if engine.available else engine.reason or "not available"
        languages = " ".join(engine.languages) or "-"
        rows.append(
            [engine.name, engine.version, engine.digest.removeprefix("sha256:")[:12], languages, state]
        )
    show_table(["engine", "version", "digest", "languages", "state"], rows)
    if models:
        _show_models(engines)


def _show_models(engines: "tuple[EngineDescription, ...]") -> None:
    rows = [
        [engine.name, model.name, model.sha256, f"{model.size_bytes / 1e6:.1f}", model.licence]
        for engine in engines
        for model in engine.models
    ]
    show_table(["engine", "model", "sha256", "MB", "licence"], rows)
