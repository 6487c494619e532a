# ruff: noqa: S311 -- signs of many scripts; the same draws every time
"""Whole documents of many kinds, page by page, as HTML."""

import random
from collections.abc import Callable
from html import escape

from tools.layout_training import dealings, duties, occasions, prints, reports
from tools.layout_training.elements import Elements
from tools.layout_training.flow import MIXES, flowing_text, notes_part, wide_part
from tools.layout_training.pages import Running, column_width, columns_page, page, title_part
from tools.layout_training.style import any_style, css
from tools.layout_training.wording import Writer, any_writer

Kinds = dict[str, tuple[float, Callable[[random.Random, Writer], occasions.Made]]]
"""How often each kind of document is drawn, and what draws it."""


class Documents:
    """Draws documents; the same seed and kinds draw the same."""

    def __init__(self, seed: int, kinds: Kinds | None = None) -> None:
        self.rng = random.Random(seed)
        self.kinds = kinds or KINDS

    def next(self) -> tuple[str, str]:
        """Its kind and its HTML."""
        rng = self.rng
        kind = rng.choices(list(self.kinds), [weight for weight, _ in self.kinds.values()])[0]
        writer = any_writer(rng)
        _, make = self.kinds[kind]
        style, pages = make(rng, writer)
        tag = writer.language.tag
        sheet = css(style, from_right=writer.language.from_right)
        return (
            kind,
            f'<html lang="{tag}"><meta charset="utf-8"><style>{sheet}</style><body>{"".join(pages)}</body></html>',
        )


def _flowing(rng: random.Random, writer: Writer) -> occasions.Made:
    kind = rng.choices(list(MIXES), (5, 4, 2, 4, 2, 4, 3))[0]
    columns = {"book": 1, "office": 1, "legal": rng.choice((1, 1, 2))}.get(kind)
    style = any_style(rng, writer, columns=columns)
    made = Elements(writer, style, rng)
    running = Running(rng, writer, style)
    pages = []
    count = rng.randint(2, 4)
    for number in range(count):
        flow = title_part(made) if number == 0 and rng.random() < 0.6 else ""
        if number and rng.random() < 0.6:
            flow += '<p class="first" data-r="paragraph">' + made.inline(writer.text(2)).lower() + "</p>"
        flow += flowing_text(made, MIXES[kind], rng.randint(22, 46))
        if number == count - 1 and rng.random() < 0.5:
            flow = (
                flowing_text(made, MIXES[kind], rng.randint(2, 8))
                + made.heading(1, rng.choice(writer.language.headings))
                + made.references(30)
            )
        notes = notes_part(made, MIXES[kind].get("note", 0))
        if style.columns > 1 and rng.random() < 0.4:
            head = (
                title_part(made)
                if number == 0 or rng.random() < 0.2
                else wide_part(made)
                if rng.random() < 0.3
                else ""
            )
            pages.append(columns_page(style, head, _lanes(made, kind), running))
        else:
            pages.append(page(style, flow, running, notes))
    return style, pages


def _lanes(made: Elements, kind: str) -> list[tuple[str, str]]:
    notes = MIXES[kind].get("note", 0)
    return [
        (flowing_text(made, MIXES[kind], made.rng.randint(10, 20)), notes_part(made, notes))
        for _ in range(made.style.columns)
    ]


def _aside(rng: random.Random, writer: Writer) -> occasions.Made:
    style = any_style(rng, writer, columns=rng.choice((1, 1, 2)))
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    pages = []
    for number in range(rng.randint(1, 3)):
        flow = (title_part(made) if number == 0 else "") + flowing_text(
            made, MIXES["report"], rng.randint(12, 30)
        )
        side = flowing_text(
            made, {"paragraph": 4, "heading": 2, "list": 1.5, "figure": 0.0}, rng.randint(3, 9)
        )
        pages.append(page(style, flow, running, aside=side))
    return style, pages


def _newspaper(rng: random.Random, writer: Writer) -> occasions.Made:
    style = any_style(rng, writer, columns=rng.choice((2, 3, 3, 4)))
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    pages = []
    for _ in range(rng.randint(1, 2)):
        parts = [title_part(made)]
        for _ in range(3):
            parts.append(made.heading(rng.choice((1, 2))))
            parts += [made.paragraph() for _ in range(rng.randint(3, 9))]
            if rng.random() < 0.5:
                parts.append(made.figure(column_width(style)))
        pages.append(page(style, "".join(parts), running))
    return style, pages


def _slides(rng: random.Random, writer: Writer) -> occasions.Made:
    from dataclasses import replace

    style = replace(
        any_style(rng, writer, columns=1),
        width=960, height=rng.choice((540, 720)), margin=(110, 60, 60, 60), size=rng.uniform(20, 30), indent=0.0,
        body=rng.choice(writer.language.font.split("|")) if writer.language.font else "Lato", list_gap=0.4, align="left",
    )  # fmt: skip
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    running.head = "none"
    return style, [_slide(made, running) for _ in range(rng.randint(3, 6))]


def _slide(made: Elements, running: "Running") -> str:
    rng, style = made.rng, made.style
    title = (
        f'<div style="position:absolute;left:60px;right:60px;top:36px;font-size:{rng.uniform(1.2, 1.7):.2f}em;line-height:1.15;color:{style.colour};'
        f'font-weight:{rng.choice((400, 700))}" data-r="heading">{escape(made.writer.title(2, 8))}</div>'
    )
    kinds = (
        {"list": 1.0},
        {"list": 2, "paragraph": 1},
        {"figure": 1.0},
        {"table": 1.0},
        {"paragraph": 1, "code": 0.3},
    )
    flow = flowing_text(made, rng.choice(kinds), rng.randint(1, 3))
    made_page = page(style, flow, running)
    return made_page.replace('<div class="page">', f'<div class="page">{title}', 1)


KINDS: Kinds = {
    "flowing": (36, _flowing),
    "aside": (3, _aside),
    "columns": (1.5, _newspaper),
    "slides": (2, _slides),
    "plain letter": (1.5, occasions.letter),
    "plain invoice": (1.5, occasions.invoice),
    "form": (4, occasions.form),
    "slip": (1, occasions.receipt),
    "index": (2.5, occasions.index),
    "cover": (2, occasions.cover),
    "receipt": (4, dealings.receipt),
    "invoice": (5, dealings.invoice),
    "letter": (3, dealings.letter),
    "accounts": (3, dealings.accounts),
    "newspaper": (3, prints.newspaper),
    "leaflet": (4, prints.leaflet),
    "website": (2, prints.website),
    "patent": (1.5, prints.patent),
    "examination": (2.5, prints.examination),
    "deck": (2.5, prints.deck),
    "verse": (1, prints.verse),
}
OFFICE_KINDS: Kinds = {
    "flowing": (5, _flowing),
    "analysis": (5, reports.analysis),
    "annual report": (5, reports.annual),
    "magazine": (3, reports.magazine),
    "framed form": (4, duties.framed_form),
    "regulation": (3, duties.regulation),
    "procedure": (4, duties.procedure),
    "notice": (3, duties.notice),
    "directory": (2.5, duties.directory),
    "deck": (1, prints.deck),
    "accounts": (1, dealings.accounts),
}
"""What offices, firms and magazines print: the last third of the pages."""
