"""The options of `octavo process`, as they are told by `--help`."""

from pathlib import Path
from typing import Annotated

import typer

from octavo.domain.job import Profile

Files = Annotated[list[str], typer.Argument(help="Files, folders, or quoted patterns.", metavar="FILE...")]
To = Annotated[str, typer.Option(help="Formats to write, with commas; options like html+images=none.")]
Out = Annotated[Path, typer.Option(help="Folder for the results.", file_okay=False)]
Pages = Annotated[str | None, typer.Option(help="Like 1-3,7,10-.", show_default="all")]
Languages = Annotated[str | None, typer.Option(help="Like de,fr.", show_default="found out")]
Password = Annotated[str | None, typer.Option(help="Of encrypted documents.", show_default=False)]
Engine = Annotated[str, typer.Option(help="See `octavo engines`.")]
ProfileChoice = Annotated[Profile, typer.Option(help="Speed against accuracy.")]
DocumentTypeChoice = Annotated[
    str | None,
    typer.Option(
        "--type",
        help="What it is: invoice, receipt, … or none for the text alone.",
        show_default="found out",
    ),
]
TemplateChoice = Annotated[
    str | None, typer.Option(help="Id of a template, see `octavo templates list`.", show_default=False)
]
ShowFields = Annotated[
    bool, typer.Option("--fields", help="Print the fields of each document on the screen, too.")
]
PriorityChoice = Annotated[str, typer.Option(help="low, medium, high or urgent.")]
Overlay = Annotated[
    bool, typer.Option("--overlay", help="Draw blocks and reading order over pictures of the pages.")
]
ServerChoice = Annotated[
    str | None,
    typer.Option(help="A server's URL (OCTAVO_URL). Default: this machine.", show_default=False),
]
ApiKey = Annotated[
    str | None, typer.Option(help="The key for that server (OCTAVO_API_KEY).", show_default=False)
]
