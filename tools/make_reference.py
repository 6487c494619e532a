"""Write `docs/reference/` from the code: `python -m tools.make_reference [--check]`."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "reference"

PAGES = {
    "settings.md": "settings_page",
    "errors.md": "errors_page",
    "cli.md": "cli_page",
    "http-api.md": "http_page",
    "events.md": "events_page",
    "document.md": "document_page",
    "document.xsd": "document_xsd",
    "document-types.md": "document_types_page",
    "document-types.schema.json": "document_types_schema",
    "engines.md": "engines_page",
    "compatibility.md": "compatibility_page",
}
"""File -> the module in `tools.reference` that makes it, and the function of the same name in there."""


def render(name: str) -> str:
    """Only what this page is made from is imported."""
    text: str = getattr(import_module(f"tools.reference.{PAGES[name]}"), PAGES[name])()
    return text


def out_of_date(names: list[str]) -> list[str]:
    """The pages whose file is not what the code says now."""
    return [name for name in names if not _is_current(name)]


def _is_current(name: str) -> bool:
    path = FOLDER / name
    return path.is_file() and path.read_text(encoding="utf-8") == render(name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is out of date")
    parser.add_argument("names", nargs="*", metavar="PAGE", help="only these pages")
    asked = parser.parse_args()
    names = asked.names or list(PAGES)
    if asked.check:
        stale = out_of_date(names)
        sys.exit(f"Out of date: {', '.join(stale)}. Run python -m tools.make_reference." if stale else 0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names:
        (FOLDER / name).write_text(render(name), encoding="utf-8")


if __name__ == "__main__":
    main()
