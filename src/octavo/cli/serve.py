"""`octavo serve` and `octavo worker`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from octavo.cli.options import DataDir
from octavo.cli.terminal import messages, output
from octavo.server.link import exit_with_parent
from octavo.server.logs import configure_logging
from octavo.server.supervisor import Announcer, serve, serve_workers
from octavo.settings import load_settings


def serve_command(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[
        int | None, typer.Option(help="TCP port; 0 picks a free one.", show_default="8080")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes.", show_default="1")] = None,
    slots: Annotated[
        int | None,
        typer.Option(help="Pages read at once by one worker.", show_default="processors / workers"),
    ] = None,
    api_processes: Annotated[
        int | None, typer.Option(help="Processes that answer HTTP.", show_default="1")
    ] = None,
    data_dir: DataDir = None,
    no_workers: Annotated[
        bool, typer.Option("--no-workers", help="Only the API; workers run elsewhere (octavo worker).")
    ] = False,
    ssl_certfile: Annotated[
        Path | None, typer.Option(help="PEM certificate chain; turns on HTTPS.", show_default=False)
    ] = None,
    ssl_keyfile: Annotated[
        Path | None, typer.Option(help="PEM private key of the certificate.", show_default=False)
    ] = None,
    ssl_self_signed: Annotated[
        bool, typer.Option("--ssl-self-signed", help="HTTPS with a certificate made here. For trials.")
    ] = False,
    attached: Annotated[bool, typer.Option("--attached", hidden=True)] = False,
) -> None:
    """Serve the API with workers and, unless OCTAVO_DATABASE_URL is set, an embedded PostgreSQL.

    The first start makes an organization, a project and an API key, and prints the key once.
    SIGTERM or Ctrl-C lets running requests and pages end, then stops everything.
    """
    settings = load_settings(
        host=host,
        port=port,
        workers=0 if no_workers else workers,
        slots=slots,
        api_processes=api_processes,
        data_dir=data_dir,
        ssl_certfile=ssl_certfile,
        ssl_keyfile=ssl_keyfile,
        ssl_self_signed=True if ssl_self_signed else None,
    )
    configure_logging(settings)
    if attached:
        exit_with_parent()
    announcer = Announcer(on_first_key=_show_first_key, on_ready=_show_ready)
    asyncio.run(serve(settings, announcer=announcer, first_key=not attached))


def worker_command(
    workers: Annotated[int | None, typer.Option(help="Worker processes.", show_default="1")] = None,
    slots: Annotated[
        int | None,
        typer.Option(help="Pages read at once by one worker.", show_default="processors / workers"),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Read pages for a server elsewhere: set OCTAVO_DATABASE_URL, OCTAVO_BLOB_URL and OCTAVO_SECRET_KEY as it has them."""
    settings = load_settings(workers=workers, slots=slots, data_dir=data_dir)
    configure_logging(settings)

    def on_ready() -> None:
        messages().print(
            f"Workers: {settings.workers}, pages at once: {settings.workers * settings.slots_per_worker}."
        )

    asyncio.run(serve_workers(settings, on_ready=on_ready))


def _show_first_key(url: str, key: str, certificate: Path | None) -> None:
    trust = f" --cacert '{certificate}'" if certificate else ""
    output().print(
        f"""
────────────────────────────────────────────────────────────────────────
  Octavo is set up. This API key is shown once; keep it:

    {key}

  Read a document:

    curl{trust} -H 'Authorization: Bearer {key}' \\
         -F file=@document.pdf -H 'Prefer: wait=60' {url}/v1/jobs

  More keys: octavo keys create
────────────────────────────────────────────────────────────────────────
""",
        markup=False,
    )


def _show_ready(url: str, seconds: float) -> None:
    output().print(f"Octavo is ready at {url} ({seconds:.1f} s). Stop it with Ctrl-C.", markup=False)
