"""The commands, put together, and what happens when one fails."""

import logging
import sys

import typer

from octavo.cli import (
    children,
    doctor,
    engines,
    keys,
    migrate,
    organizations,
    projects,
    serve,
    templates,
    version,
)
from octavo.cli.process.command import process_command
from octavo.cli.terminal import INTERNAL, exit_status, show_error
from octavo.domain.errors import OctavoError

app = typer.Typer(
    name="octavo",
    help="Self-hosted document OCR: documents in, verified structured text out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("serve")(serve.serve_command)
app.command("worker")(serve.worker_command)
app.command("process")(process_command)
app.add_typer(keys.app, name="keys")
app.add_typer(projects.app, name="projects")
app.add_typer(organizations.app, name="organizations")
app.add_typer(templates.app, name="templates")
app.command("migrate")(migrate.migrate_command)
app.command("doctor")(doctor.doctor_command)
app.command("engines")(engines.engines_command)
app.command("version")(version.version_command)
app.add_typer(children.app, name="child")


def run() -> None:
    """The entry point. Whatever goes wrong is one line and an exit status, never a stack."""
    try:
        app(prog_name="octavo")
    except OctavoError as error:
        show_error(error.summary)
        sys.exit(exit_status(error))
    except Exception as error:
        logging.getLogger(__name__).debug("The fault, for a report:", exc_info=True)
        show_error(f"This is a fault of Octavo itself ({type(error).__name__}). `--help` shows the options.")
        sys.exit(INTERNAL)
