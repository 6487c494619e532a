"""Invoices in many layouts and locales. Look at some: `python -m benchmarks.accuracy.fields.generated.invoices <folder>`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.accuracy.fields.generated.invoice_layouts import LAYOUTS
from benchmarks.accuracy.fields.generated.invoice_model import draft_invoice, truth_of
from benchmarks.accuracy.fields.generated.invoice_words import WORDS
from benchmarks.accuracy.fields.generated.locales import PLACES
from benchmarks.accuracy.fields.generated.paper import Made, Sheet, faces

INVOICE_PLACES = tuple(place for place in PLACES if place.language in WORDS)


def make_invoice(seed: int, *, tag: str | None = None, layout: str | None = None) -> Made:
    """The same seed gives the same document."""
    random = Random(seed)
    place = next(one for one in INVOICE_PLACES if one.tag == tag) if tag else random.choice(INVOICE_PLACES)
    name = layout or random.choice(sorted(LAYOUTS))
    invoice = draft_invoice(place, random)
    sheet = Sheet(
        random, letter=place.letter, size=random.choice((8.5, 9.0, 10.0)), face=random.choice(faces())
    )
    if sheet.face.mono:
        sheet.size = 8.0
    LAYOUTS[name](invoice, sheet)
    return Made(
        f"invoice-{seed}-{place.tag}-{name}",
        "invoice",
        sheet.finish(),
        truth_of(invoice),
        place.language,
        name,
    )


def make_invoices(count: int, *, seed: int = 1) -> Iterator[Made]:
    for number in range(count):
        yield make_invoice(seed * 100_000 + number)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for made in make_invoices(int(sys.argv[2]) if len(sys.argv) > 2 else 8):
        (folder / f"{made.name}.pdf").write_bytes(made.pdf)
