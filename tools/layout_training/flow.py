"""Running text with its headings, lists, figures and the rest, in the mix of a kind of document."""

from collections.abc import Callable

from tools.layout_training.elements import Elements
from tools.layout_training.pages import column_width

MIXES = {
    "paper": {"paragraph": 12, "heading": 2.4, "list": 1, "figure": 1.1, "table": 1.1, "formula": 2.2, "code": 0.2, "note": 1},
    "report": {"paragraph": 9, "heading": 3, "list": 2.5, "figure": 1.2, "table": 1.5, "callout": 0.8, "box": 0.6, "note": 0.7},
    "book": {"paragraph": 16, "heading": 0.7, "list": 0.3, "figure": 0.2, "note": 0.8},
    "manual": {"paragraph": 8, "heading": 3, "list": 5, "figure": 1.4, "table": 1, "code": 2.2, "callout": 1.3, "note": 0.2},
    "legal": {"paragraph": 10, "heading": 2.5, "list": 4, "note": 0.8},
    "office": {"paragraph": 8, "heading": 3, "list": 3, "table": 0.6},
    "textbook": {"paragraph": 10, "heading": 2, "list": 1.4, "figure": 1, "formula": 5, "box": 1, "table": 0.6, "note": 0.4, "callout": 0.5},
}  # fmt: skip


def flowing_text(made: Elements, mix: dict[str, float], count: int) -> str:
    parts: list[str] = []
    names = [name for name in mix if name != "note"]
    weights = [mix[name] for name in names]
    before = ""
    for _ in range(count):
        name = made.rng.choices(names, weights)[0]
        if name == before == "heading" and made.rng.random() < 0.6:
            name = "paragraph"
        parts.append(_part(made, name))
        before = name
    return "".join(parts)


def _part(made: Elements, name: str) -> str:
    if name in {"figure", "table"} and made.style.columns > 1 and made.rng.random() < 0.25:
        return f'<div style="column-span:all">{wide_part(made)}</div>'
    if name == "paragraph" and made.rng.random() < 0.03:
        return made.definitions()
    makers: dict[str, Callable[[], str]] = {
        "paragraph": made.paragraph,
        "heading": lambda: made.heading(made.rng.choices((1, 2, 3, 4), (2, 4, 3, 1))[0]),
        "list": made.listing,
        "figure": lambda: made.figure(column_width(made.style)),
        "table": made.table,
        "formula": made.formula,
        "code": made.code,
        "callout": made.callout,
        "box": made.boxed,
    }
    return makers[name]()


def wide_part(made: Elements) -> str:
    """A figure or table over all columns."""
    wide = made.style.width - made.style.margin[1] - made.style.margin[3]
    return made.table(made.rng.randint(2, 6)) if made.rng.random() < 0.5 else made.figure(wide // 2)


def notes_part(made: Elements, share: float) -> str:
    if made.rng.random() > 0.45 * share:
        return ""
    count = made.rng.choices((1, 2, 3, 5), (5, 3, 2, 1))[0]
    return "".join(made.footnote(star=made.rng.random() < 0.06) for _ in range(count))
