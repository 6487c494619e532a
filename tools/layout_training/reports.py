# ruff: noqa: RUF001 -- signs of many scripts; the same draws every time
"""Reports of firms and analysts, brochures and magazines: charts in rows, sources below them, large figures, asides."""

import random
from dataclasses import replace
from html import escape

from tools.layout_training.dealings import part
from tools.layout_training.elements import Elements
from tools.layout_training.figures import chart, photograph
from tools.layout_training.flow import flowing_text
from tools.layout_training.pages import Running, column_width, page, title_part
from tools.layout_training.prints import picture
from tools.layout_training.style import Style, any_style
from tools.layout_training.wording import Writer

Made = tuple[Style, list[str]]
_TEXT = {"paragraph": 8.0, "heading": 2.4, "list": 3.0, "box": 0.3, "table": 0.4}
_SOURCES = ("Source: ", "Source: ", "Sources: ", "Note: ", "Quelle: ", "Data: ", "© ", "* ")
_EXHIBITS = ("Exhibit", "Chart", "Figure", "Fig.", "Graph", "Table", "Box", "Map")


def exhibit(made: Elements, width: int) -> str:
    """A chart or a table with its name above it, in two lines perhaps, and its source below."""
    rng, writer = made.rng, made.writer
    made.figures += 1
    label = f"{rng.choice(_EXHIBITS)} {made.figures}{rng.choice((':', '.', '', ' –'))} "
    name = (label if rng.random() < 0.7 else "") + writer.phrase(3, 11)
    weight = rng.choice((400, 600, 700))
    units = (
        f'<br><span style="font-weight:400">({escape(writer.phrase(1, 5))})</span>'
        if rng.random() < 0.35
        else ""
    )
    named = part("caption", escape(name) + units, f"font-weight:{weight};font-size:.9em;line-height:1.2")
    rule = rng.choice(("", "border-top:1px solid #555;", "border-bottom:1px solid #555;"))
    shown = f'<div style="{rule}padding:2px 0">{_shown(made, width)}</div>'
    source = ""
    if rng.random() < 0.75:
        text = rng.choice(_SOURCES) + (writer.phrase(2, 8) if rng.random() < 0.7 else writer.text(1))
        source = part("footnote", escape(text), f"font-size:{made.style.small * 0.9:.2f}em;line-height:1.2")
    return f'<div style="width:{width}px;margin:.7em 0;break-inside:avoid">{named}{shown}{source}</div>'


def _shown(made: Elements, width: int) -> str:
    rng = made.rng
    if rng.random() < 0.2:
        columns = rng.randint(2, 5)
        rows = "".join(
            f"<tr><td>{escape(made.writer.phrase(1, 3))}</td>"
            + "".join(f"<td align=right>{made.writer.number()}</td>" for _ in range(columns))
            + "</tr>"
            for _ in range(rng.randint(3, 10))
        )
        return f'<table data-r="table" data-box="1" style="width:100%">{rows}</table>'
    high = int(width * rng.uniform(0.4, 0.75))
    return f'<div data-r="picture" data-box="1" style="width:{width}px">{chart(rng, made.writer, width, high)}</div>'


def analysis(rng: random.Random, writer: Writer) -> Made:
    """What analysts write: points with a bold lead, charts in pairs, facts in a narrow column."""
    style = replace(any_style(rng, writer, columns=rng.choice((1, 1, 2))), align="left", indent=0.0)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    pages = []
    for number in range(rng.randint(1, 3)):
        flow = (title_part(made) if rng.random() < 0.5 else _kicker(made)) if number == 0 else ""
        width = column_width(style)
        for _ in range(rng.randint(2, 6)):
            kind = rng.random()
            if kind < 0.3 and style.columns == 1:
                half = (width - 24) // 2
                pair = exhibit(made, half) + exhibit(made, half)
                flow += f'<div style="display:flex;gap:24px;align-items:{rng.choice(("flex-start", "flex-end"))}">{pair}</div>'
            elif kind < 0.5:
                flow += exhibit(made, int(width * rng.choice((1, 1, 0.7))))
            flow += flowing_text(made, _TEXT, rng.randint(1, 4))
        aside = _facts(made) if number == 0 and rng.random() < 0.5 else ""
        pages.append(page(style, flow, running, aside=aside))
    return style, pages


def _kicker(made: Elements) -> str:
    """A line over the title, the title, a line that says more."""
    rng, writer = made.rng, made.writer
    colour = rng.choice((made.style.colour, "#000", "#777"))
    over = part(
        rng.choice(("heading", "paragraph")),
        escape(writer.title(1, 4)),
        f"font-size:{rng.uniform(0.8, 1.2):.2f}em;color:{colour};text-transform:{rng.choice(('none', 'uppercase'))}",
    )
    title = part(
        "title",
        escape(writer.title(3, 12)),
        f"font-size:{rng.uniform(1.4, 3):.2f}em;line-height:1.1;color:{made.style.colour};font-weight:{rng.choice((400, 700))}",
    )
    under = part(
        "paragraph", escape(writer.text(1)), f"font-size:{rng.uniform(1.0, 1.4):.2f}em;margin:.5em 0"
    )
    return f'<div style="column-span:all;margin-bottom:1em">{over}{title}{under}</div>'


def _facts(made: Elements) -> str:
    """Names with values, an address, who wrote it: set small."""
    rng, writer = made.rng, made.writer
    parts = []
    for _ in range(rng.randint(2, 5)):
        parts.append(
            part(
                "heading",
                escape(writer.title(1, 3)),
                f"font-weight:700;color:{made.style.colour};margin:.6em 0 .2em",
            )
        )
        if rng.random() < 0.5:
            rows = "".join(
                f"<tr><td>{escape(writer.phrase(1, 2))}</td><td align=right>{writer.number()}</td></tr>"
                for _ in range(rng.randint(3, 8))
            )
            parts.append(f'<table data-r="table" data-box="1" style="width:100%">{rows}</table>')
        else:
            lines = "<br>".join(escape(writer.phrase(1, 4)) for _ in range(rng.randint(1, 4)))
            parts.append(part("paragraph", lines))
    return "".join(parts)


def annual(rng: random.Random, writer: Writer) -> Made:
    """A firm tells of itself: large first lines, figures in large type, pictures with small words beside them."""
    style = replace(any_style(rng, writer, columns=rng.choice((1, 2, 2, 3))), align="left", indent=0.0)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    pages = []
    for _ in range(rng.randint(1, 3)):
        parts = [_kicker(made) if rng.random() < 0.6 else ""]
        makers = (_numbers, _quote, _beside, _points, _prose, _prose, _prose)
        parts += [rng.choice(makers)(made) for _ in range(rng.randint(3, 9))]
        pages.append(page(style, "".join(parts), running))
    return style, pages


def _prose(made: Elements) -> str:
    text = flowing_text(made, {"paragraph": 6, "list": 2, "figure": 0.4}, made.rng.randint(1, 3))
    return made.heading(made.rng.choice((1, 2, 2, 3))) + text


def _numbers(made: Elements) -> str:
    """Figures in large type, each with a few words."""
    rng, writer = made.rng, made.writer
    size = rng.uniform(1.6, 3)
    cells = "".join(
        '<div style="flex:1">'
        + part("paragraph", f'<span style="font-size:{size:.1f}em;line-height:1.1;color:{made.style.colour};font-weight:700">{writer.number()}{rng.choice(("", "%", "m", "+"))}</span><br>{escape(writer.phrase(2, 7))}')
        + "</div>"
        for _ in range(rng.randint(1, 3))
    )  # fmt: skip
    return f'<div style="display:flex;gap:1em;margin:.8em 0">{cells}</div>'


def _quote(made: Elements) -> str:
    rng, writer = made.rng, made.writer
    shape = f"font-size:{rng.uniform(1.2, 1.8):.2f}em;line-height:1.25;font-style:{rng.choice(('italic', 'normal'))};color:{made.style.colour};margin:.7em 1em"
    said = part("paragraph", "“" + escape(writer.text(rng.randint(1, 2))) + "”", shape)
    who = part(
        "paragraph", escape(f"{writer.name()}, {writer.phrase(1, 3)}"), "font-size:.85em;margin:0 1em 1em"
    )
    return said + (who if rng.random() < 0.7 else "")


def _beside(made: Elements) -> str:
    """A picture with its words at its side."""
    rng, writer, width = made.rng, made.writer, column_width(made.style)
    if rng.random() < 0.5:
        return picture(rng, writer, int(width * rng.uniform(0.6, 1.0)), named=0.8)
    wide = int(width * rng.uniform(0.4, 0.65))
    shown = f'<div data-r="picture" data-box="1" style="width:{wide}px;flex:none">{photograph(rng, writer, wide, int(wide * 0.7))}</div>'
    words = part(
        "caption",
        escape(writer.text(rng.randint(1, 2))),
        "font-size:.78em;line-height:1.25;font-style:" + rng.choice(("italic", "normal")),
    )
    order = rng.choice(("row", "row-reverse"))
    return f'<div style="display:flex;flex-direction:{order};gap:12px;align-items:flex-end;margin:.8em 0">{shown}{words}</div>'


def _points(made: Elements) -> str:
    """Entries of several lines with white between them, some in a tinted box."""
    rng = made.rng
    entries = made.listing(rng.randint(2, 6), long=rng.random() < 0.7)
    spaced = entries.replace('class="li"', f'class="li" data-gap="{rng.randint(0, 9)}"')
    gap = rng.choice((0, 0.4, 0.8))
    tint = rng.choice(("", "", "background:#eef3f8;padding:.6em;"))
    head = made.heading(3) if rng.random() < 0.5 else made.paragraph(1)
    return f'{head}<div style="display:flex;flex-direction:column;gap:{gap}em;{tint}">{spaced}</div>'


def magazine(rng: random.Random, writer: Writer) -> Made:
    """A story with its standfirst, its author, a large first letter, pictures with captions, an aside."""
    style = replace(
        any_style(rng, writer, columns=rng.choice((2, 2, 3))), indent=rng.choice((0.0, 1.0)), spacing=0.15
    )
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    width = column_width(style)
    pages = []
    for number in range(rng.randint(1, 2)):
        parts = [_kicker(made) if number == 0 else ""]
        if number == 0 and rng.random() < 0.7:
            by = rng.choice(("By ", "Text: ", "")) + writer.name()
            parts.append(
                part("paragraph", escape(by), "font-size:.85em;text-transform:uppercase;margin:.4em 0")
            )
        first = writer.text(3)
        if rng.random() < 0.5:
            letter = f'<span style="float:left;font-size:3.1em;line-height:.8;padding-right:.08em">{escape(first[:1])}</span>'
            parts.append(f'<p class="first" data-r="paragraph">{letter}{escape(first[1:])}</p>')
        parts += [_story_part(made, width) for _ in range(rng.randint(6, 16))]
        pages.append(page(style, "".join(parts), running))
    return style, pages


def _story_part(made: Elements, width: int) -> str:
    kind = made.rng.random()
    if kind < 0.14:
        return picture(made.rng, made.writer, width, named=0.85)
    if kind < 0.2:
        return _quote(made)
    if kind < 0.27:
        return made.boxed()
    return made.heading(3) if kind < 0.36 else made.paragraph()
