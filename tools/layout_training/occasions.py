"""Documents that are no running text: letters, invoices, forms, receipts, contents, covers."""

import random
from html import escape

from tools.layout_training.elements import Elements
from tools.layout_training.flow import MIXES, flowing_text
from tools.layout_training.pages import Running, column_width, page, title_part
from tools.layout_training.style import Style, any_style
from tools.layout_training.wording import Writer

Made = tuple[Style, list[str]]


def letter(rng: random.Random, writer: Writer) -> Made:
    style = any_style(rng, writer, columns=1)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)

    def address() -> str:
        rows = [
            writer.name(),
            writer.phrase(1, 3),
            f"{writer.phrase(1, 2)} {rng.randint(1, 99)}",
            f"{rng.randint(1000, 99999)} {writer.phrase(1, 1)}",
        ]
        return "<br>".join(escape(row) for row in rows[: rng.randint(2, 4)])

    parts = [
        f'<div data-r="paragraph" style="text-align:{rng.choice(("left", "right"))};margin-bottom:1.6em">{address()}</div>',
        f'<div data-r="paragraph" style="margin-bottom:1.6em">{address()}</div>',
        f'<div data-r="paragraph" style="text-align:{rng.choice(("left", "right"))};margin-bottom:1em">{rng.randint(1, 28)}.{rng.randint(1, 12)}.{rng.randint(1990, 2025)}</div>',
    ]
    if rng.random() < 0.7:
        parts.append(
            f'<div data-r="heading" style="font-weight:700;margin:1em 0">{escape(writer.title(3, 8))}</div>'
        )
    parts.append(f'<p class="first" data-r="paragraph">{escape(writer.phrase(2, 4))},</p>')
    parts.append(flowing_text(made, {"paragraph": 8, "list": 1, "table": 0.4}, rng.randint(2, 6)))
    parts.append(
        f'<p class="first" data-r="paragraph" style="margin-top:1em">{escape(writer.phrase(2, 4))}</p>'
    )
    parts.append(f'<p class="first" data-r="paragraph" style="margin-top:2.4em">{escape(writer.name())}</p>')
    return style, [page(style, "".join(parts), running)]


def invoice(rng: random.Random, writer: Writer) -> Made:
    style = any_style(rng, writer, columns=1)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    pairs = "".join(
        f'<div style="display:flex"><span data-r="paragraph" style="width:{rng.choice((120, 160))}px">{escape(writer.phrase(1, 2))}:</span>'
        f'<span data-r="paragraph">{writer.number()}</span></div>'
        for _ in range(rng.randint(2, 6))
    )
    size = rng.uniform(1.2, 2)
    parts = [
        f'<div data-r="title" style="font-size:{size:.1f}em;font-weight:700;margin-bottom:1em">{escape(writer.title(1, 3))}</div>',
        f'<div style="display:flex;justify-content:space-between;margin-bottom:2em"><div data-r="paragraph">{escape(writer.name())}<br>{escape(writer.phrase(1, 3))}<br>{rng.randint(1000, 99999)} {escape(writer.phrase(1, 1))}</div><div>{pairs}</div></div>',
        made.table(rng.randint(2, 16)),
        *(made.paragraph(rng.randint(1, 2), extra='class="first"') for _ in range(rng.randint(1, 4))),
    ]
    return style, [page(style, "".join(parts), running, "")]


def form(rng: random.Random, writer: Writer) -> Made:
    style = any_style(rng, writer, columns=rng.choice((1, 1, 2)))
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    pages = []
    for number in range(rng.randint(1, 2)):
        parts = [title_part(made) if number == 0 else ""]
        parts += [_form_part(made) for _ in range(rng.randint(4, 12))]
        pages.append(page(style, "".join(parts), running))
    return style, pages


def _form_part(made: Elements) -> str:
    rng, writer = made.rng, made.writer
    kind = rng.random()
    if kind < 0.15:
        return made.heading(rng.choice((1, 2)))
    if kind < 0.5:
        at = rng.randint(1, 40)
        bold = "font-weight:700" if made.style.seed % 2 else ""
        role = "list_item"
        asked = f'<div class="li" data-r="{role}" style="{bold};padding-inline-start:1.8em;text-indent:-1.8em;margin-top:1em">{at}. {escape(writer.phrase(5, 22))}?</div>'
        return asked + made.listing(rng.randint(2, 7), kind="check", long=False)
    if kind < 0.8:
        rows = []
        for _ in range(rng.randint(1, 5)):
            line = rng.choice(
                (
                    "_" * rng.randint(8, 30),
                    '<span style="display:inline-block;width:160px;border-bottom:1px solid">&nbsp;</span>',
                    escape(writer.phrase(1, 3)),
                )
            )
            rows.append(
                f'<div data-r="paragraph" style="margin:.5em 0">{escape(writer.phrase(1, 4))}: {line}</div>'
            )
        return "".join(rows)
    return made.paragraph(rng.randint(1, 3))


def receipt(rng: random.Random, writer: Writer) -> Made:
    from dataclasses import replace

    style = replace(
        any_style(rng, writer, columns=1),
        width=rng.randint(280, 400),
        height=rng.randint(600, 1000),
        margin=(24, 20, 24, 20),
        size=rng.uniform(11, 14),
        leading=1.25,
        body=rng.choice(("Liberation Mono", "DejaVu Sans", "Liberation Sans")),
    )
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    running.head = running.foot = "none"
    head = "<br>".join(escape(writer.phrase(1, 4)) for _ in range(rng.randint(2, 5)))
    rows = "".join(
        f"<tr><td>{escape(writer.phrase(1, 3))}</td><td align=right>{rng.randint(1, 9)}</td><td align=right>{rng.random() * 90:.2f}</td></tr>"
        for _ in range(rng.randint(2, 14))
    )
    parts = [
        f'<div data-r="title" style="text-align:center;font-weight:700;font-size:1.3em">{escape(writer.title(1, 3))}</div>',
        f'<div data-r="paragraph" style="text-align:center;margin:.6em 0">{head}</div>',
        f'<table data-r="table" data-box="1" style="width:100%;font-size:1em">{rows}</table>',
        *(
            f'<div data-r="paragraph" style="display:flex;justify-content:space-between;margin:.3em 0"><span>{escape(writer.phrase(1, 2))}</span><span>{rng.random() * 200:.2f}</span></div>'
            for _ in range(rng.randint(1, 4))
        ),
        f'<div data-r="paragraph" style="text-align:center;margin-top:1em">{escape(writer.sentence(3, 8))}</div>',
    ]
    del made
    return style, [page(style, "".join(parts), running)]


def index(rng: random.Random, writer: Writer) -> Made:
    """A table of contents, perhaps with text after it, or nothing but references."""
    style = any_style(rng, writer, columns=1)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    first = made.heading(1, rng.choice(writer.language.headings)) + made.contents(rng.randint(8, 34))
    if rng.random() < 0.3:
        first += flowing_text(made, MIXES["report"], 6)
    pages = [page(style, first, running)]
    if rng.random() < 0.5:
        pages.append(page(style, made.references(50), running))
    return style, pages


def cover(rng: random.Random, writer: Writer) -> Made:
    style = any_style(rng, writer, columns=1)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    running.head = "none"
    size = rng.uniform(2, 3.6)
    align = rng.choice(("left", "center", "right"))
    parts = [f'<div style="height:{rng.randint(0, 300)}px"></div>']
    if rng.random() < 0.5:
        parts.append(made.figure(column_width(style)).split('<div class="cap"')[0] + "</div>")
    parts.append(
        f'<div data-r="title" style="text-align:{align};font-size:{size:.1f}em;line-height:1.15;font-weight:{rng.choice((400, 700))}">{escape(writer.title(2, 9))}</div>'
    )
    for _ in range(rng.randint(1, 5)):
        shape = (
            f"text-align:{align};margin:{rng.uniform(0.5, 3):.1f}em 0;font-size:{rng.uniform(0.9, 1.5):.1f}em"
        )
        parts.append(f'<div data-r="paragraph" style="{shape}">{escape(writer.phrase(1, 8))}</div>')
    return style, [page(style, "".join(parts), running)]
