"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Folder for the database, documents and keys. Default: the platform's data folder.",
        show_default=False,
        file_okay=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Organization = Annotated[
    str | None,
    typer.Option(
        "--organization", help="Name or id of the organization. Default: the first.", show_default=False
    ),
]
