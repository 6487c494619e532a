"""Markdown as our reference pages have it."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell(text) for text in row) + " |" for row in rows]
    return "\n".join(lines)


def cell(text: str) -> str:
    """One line; a bar in a cell would end it."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def page(title: str, source: str, *parts: str) -> str:
    """`source` says what the page is made from, so that a reader knows what to change instead."""
    head = f"# {title}\n\n*Made from {source} by `python -m tools.make_reference`; do not edit it by hand.*"
    return "\n\n".join([head, *(part for part in parts if part)]) + "\n"
