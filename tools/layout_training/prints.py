"""Printed matter with parts that stand free: magazines, leaflets, web pages, patents, examinations, dense slides, verse."""

import random
from dataclasses import replace
from html import escape

from tools.layout_training.dealings import part, small_foot
from tools.layout_training.elements import Elements
from tools.layout_training.figures import chart, photograph
from tools.layout_training.flow import flowing_text
from tools.layout_training.pages import Running, column_width, columns_page, page, title_part
from tools.layout_training.style import Style, any_style
from tools.layout_training.wording import Writer

Made = tuple[Style, list[str]]


def picture(rng: random.Random, writer: Writer, width: int, *, named: float = 0.6) -> str:
    """Its caption has no number, as in newspapers."""
    high = int(width * rng.uniform(0.4, 1.1))
    inner = (photograph if rng.random() < 0.75 else chart)(rng, writer, width, high)
    frame = "border:1px solid #444;padding:3px;" if rng.random() < 0.15 else ""
    shown = f'<div data-r="picture" data-box="1" style="{frame}width:{width}px">{inner}</div>'
    if rng.random() > named:
        return shown
    slant = rng.choice(("font-style:italic;", "", "", "font-weight:700;"))
    text = escape(writer.text(rng.randint(1, 2)) if rng.random() < 0.7 else writer.phrase(2, 9))
    credit = f" {escape(writer.name())}" if rng.random() < 0.3 else ""
    return shown + part(
        "caption",
        text + credit,
        f"{slant}font-size:{rng.uniform(0.7, 0.9):.2f}em;line-height:1.2;margin:.2em 0 .8em",
    )


def newspaper(rng: random.Random, writer: Writer) -> Made:
    """Stories of different widths, each with a head of its own."""
    style = replace(
        any_style(rng, writer, columns=1),
        indent=rng.choice((0.0, 1.0)),
        spacing=0.1,
        size=rng.uniform(9.5, 12),
        align="justify",
    )
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    top, right, bottom, left = style.margin
    wide, high = style.width - left - right, style.height - top - bottom
    cells, y = [], 0
    while y < high - 120:
        tall = min(rng.randint(180, 460), high - y)
        count = rng.randint(1, 3)
        cuts = sorted(rng.sample(range(1, 6), count - 1))
        for first, last in zip([0, *cuts], [*cuts, 6], strict=True):
            x, width = wide * first // 6, wide * (last - first) // 6 - 14
            cells.append(_story(made, (left + x, top + y, width, tall - 14)))
        y += tall
    return style, [f'<div class="page">{running.draw()}{"".join(cells)}</div>']


def _story(made: Elements, place: tuple[int, int, int, int]) -> str:
    rng, writer = made.rng, made.writer
    x, y, width, height = place
    columns = max(1, min(4, width // rng.randint(130, 230)))
    size = rng.uniform(1.2, 2.8) if width > 250 else rng.uniform(1.1, 1.7)
    weight = rng.choice((400, 700, 700))
    head = part(
        "heading", escape(writer.title(3, 10)), f"font-size:{size:.2f}em;line-height:1.1;font-weight:{weight}"
    )
    if rng.random() < 0.3:
        small = part(
            "paragraph", escape(writer.sentence(5, 14)), "font-style:italic;font-size:1.15em;line-height:1.2"
        )
        head += small
    if rng.random() < 0.5:
        head += part(
            "paragraph",
            rng.choice(("By ", "")) + escape(writer.name()),
            "font-size:.85em;font-weight:700;margin:.2em 0",
        )
    inside = (width - (columns - 1) * 12) // columns
    parts = [made.paragraph() for _ in range(rng.randint(3, 14))]
    if rng.random() < 0.5:
        parts.insert(rng.randint(0, 2), picture(rng, writer, inside, named=0.8))
    box = rng.choice(("", "", "", "border:1px solid #555;padding:6px;", "background:#f1f1ea;padding:6px;"))
    shape = f"position:absolute;left:{x}px;top:{y}px;width:{width}px;height:{height}px;display:flex;flex-direction:column"
    flow = f'<div class="flow" style="position:relative;flex:1;min-height:0;column-count:{columns};column-gap:12px">{"".join(parts)}</div>'
    return f'<div class="lane" style="{shape};{box}">{head}{flow}<div class="foot"></div></div>'


def leaflet(rng: random.Random, writer: Writer) -> Made:
    """Panels beside each other, some painted, with large heads, pictures and short texts."""
    style = replace(any_style(rng, writer, columns=1), indent=0.0, align="left")
    if rng.random() < 0.4:
        style = replace(style, width=style.height, height=style.width)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    running.head = rng.choice(("none", "none", "title"))
    across, down = rng.choice(((1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (1, 3), (2, 3)))
    gap, top = rng.randint(8, 30), int(style.height * rng.uniform(0.08, 0.25))
    side = rng.randint(20, 60)
    wide = (style.width - 2 * side - gap * (across - 1)) // across
    high = (style.height - top - 60 - gap * (down - 1)) // down
    title = _big_title(made, f"position:absolute;left:{side}px;right:{side}px;top:{top // 4}px")
    panels = [
        _panel(made, (side + column * (wide + gap), top + row * (high + gap), wide, high))
        for row in range(down)
        for column in range(across)
    ]
    foot = small_foot(rng, writer, style) if running.foot == "none" and rng.random() < 0.5 else ""
    return style, [f'<div class="page">{title}{running.draw()}{foot}{"".join(panels)}</div>']


def _big_title(made: Elements, shape: str) -> str:
    rng, writer = made.rng, made.writer
    size, align = rng.uniform(1.6, 3.2), rng.choice(("left", "center"))
    case = rng.choice(("", "", "text-transform:uppercase;"))
    title = part(
        "title",
        escape(writer.title(2, 7)),
        f"{case}font-size:{size:.1f}em;line-height:1.1;font-weight:700;text-align:{align}",
    )
    if rng.random() < 0.5:
        title += part("paragraph", escape(writer.phrase(3, 9)), f"font-size:1.15em;text-align:{align}")
    return f'<div style="{shape}">{title}</div>'


def _panel(made: Elements, place: tuple[int, int, int, int]) -> str:
    rng, writer = made.rng, made.writer
    x, y, width, height = place
    parts = []
    for _ in range(rng.randint(1, 4)):
        if rng.random() < 0.35:
            parts.append(picture(rng, writer, int(width * rng.uniform(0.5, 0.9)), named=0.3))
        parts.append(made.heading(rng.choice((1, 2, 3))))
        kinds = {"paragraph": 4.0, "list": 2.5, "table": 0.3, "callout": 0.2}
        parts.append(flowing_text(made, kinds, rng.randint(1, 3)))
    look = rng.choice(
        ("", "", "background:#eaf1f7;", "background:#234;color:#fff;", "border:1px solid #888;")
    )
    shape = f"left:{x}px;top:{y}px;width:{width}px;height:{height}px"
    return (
        f'<div class="lane"><div class="flow" style="{shape};padding:8px;{look}">{"".join(parts)}</div>'
        '<div class="foot"></div></div>'
    )


def website(rng: random.Random, writer: Writer) -> Made:
    """A page of the web as a browser prints it: date and address at its edges, menus, cards."""
    style = replace(any_style(rng, writer, columns=1), indent=0.0, align="left", margin=(46, 40, 46, 40))
    made = Elements(writer, style, rng)
    address = f"https://www.{writer.vocabulary[3]}.org/{writer.vocabulary[5]}/{rng.randint(1, 9999)}"
    pages = []
    count = rng.randint(1, 3)
    for number in range(count):
        edges = ""
        if rng.random() < 0.8:
            row = "position:absolute;left:26px;right:26px;font-size:9px;display:flex;justify-content:space-between"
            date = f"{rng.randint(1, 12)}/{rng.randint(1, 28)}/{rng.randint(1, 25)}, {rng.randint(1, 12)}:{rng.randint(10, 59)} PM"
            edges = (
                f'<div style="{row};top:14px"><span data-r="page_header">{date}</span><span data-r="page_header">{escape(writer.title(2, 6))}</span><span></span></div>'
                f'<div style="{row};bottom:14px"><span data-r="page_footer">{address}</span><span data-r="page_footer">{number + 1}/{count}</span></div>'
            )
        flow = (_menu(made) if number == 0 else "") + _cards(made) if rng.random() < 0.5 else title_part(made)
        flow += flowing_text(
            made,
            {"paragraph": 8, "heading": 3, "list": 3, "figure": 1, "table": 0.6, "box": 0.6},
            rng.randint(8, 24),
        )
        running = Running(rng, writer, style)
        running.head = running.foot = "none"
        aside = "" if rng.random() < 0.6 else made.heading(3) + made.listing(rng.randint(3, 9), long=False)
        pages.append(
            page(style, flow, running, aside=aside).replace(
                '<div class="page">', f'<div class="page">{edges}', 1
            )
        )
    return style, pages


def _menu(made: Elements) -> str:
    words = "".join(
        f'<span data-r="paragraph">{escape(made.writer.phrase(1, 2))}</span>'
        for _ in range(made.rng.randint(3, 7))
    )
    return f'<div style="display:flex;gap:2em;font-size:.85em;margin-bottom:1.2em">{words}</div>'


def _cards(made: Elements) -> str:
    rng, writer = made.rng, made.writer
    count = rng.randint(2, 3)
    wide = (made.style.width - 80) // count - 16
    cards = "".join(
        f'<div style="width:{wide}px">{picture(rng, writer, wide, named=0.0)}'
        f"{part('heading', escape(writer.title(1, 4)), 'font-weight:700;font-size:1.1em')}{made.paragraph(1, extra='class=first')}</div>"
        for _ in range(count)
    )
    return f'<div style="display:flex;gap:16px;margin-bottom:1em">{cards}</div>'


def patent(rng: random.Random, writer: Writer) -> Made:
    """Two columns, each with its number over it, and numbers of lines between them."""
    style = replace(any_style(rng, writer, columns=2), indent=1.2, spacing=0.0, align="justify", gap=40)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    running.head = running.foot = "none"
    pages, at = [], rng.randint(1, 20)
    for _ in range(rng.randint(1, 3)):
        top = style.margin[0]
        row = f"position:absolute;left:{style.margin[3]}px;right:{style.margin[1]}px;display:flex;justify-content:space-around;text-align:center"
        number = (
            f"US {rng.randint(3, 11)},{rng.randint(100, 999)},{rng.randint(100, 999)} B{rng.randint(1, 2)}"
        )
        head = f'<div style="{row};top:{top * 0.3:.0f}px"><span data-r="page_header">{number}</span></div>'
        head += f'<div style="{row};top:{top * 0.65:.0f}px"><span data-r="page_header">{at}</span><span data-r="page_header">{at + 1}</span></div>'
        high = style.height - top - style.margin[2]
        lines = "".join(
            f'<div style="position:absolute;left:{style.width // 2 - 8}px;top:{top + high * step // 13}px;font-size:.85em">{step * 5}</div>'
            for step in range(1, 13)
        )
        lanes = [
            (
                flowing_text(
                    made, {"paragraph": 14, "heading": 1, "formula": 0.4, "table": 0.2}, rng.randint(10, 20)
                ),
                "",
            )
            for _ in range(2)
        ]
        pages.append(
            columns_page(style, "", lanes, running).replace(
                '<div class="page">', f'<div class="page">{head}{lines}', 1
            )
        )
        at += 2
    return style, pages


def examination(rng: random.Random, writer: Writer) -> Made:
    style = replace(any_style(rng, writer, columns=rng.choice((1, 1, 2))), indent=0.0)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    pages, at = [], 1
    for number in range(rng.randint(1, 3)):
        parts = [title_part(made) if number == 0 and rng.random() < 0.7 else ""]
        for _ in range(rng.randint(5, 14)):
            if rng.random() < 0.12:
                parts += [made.heading(rng.choice((1, 2))), made.paragraph(1)]
            if rng.random() < 0.12:
                parts.append(
                    picture(rng, writer, int(column_width(style) * rng.uniform(0.3, 0.7)), named=0.3)
                )
            parts.append(_question(made, at))
            at += 1
        pages.append(page(style, "".join(parts), running))
    return style, pages


def _question(made: Elements, at: int) -> str:
    rng, writer = made.rng, made.writer
    mark = rng.choice((f"{at}.", f"{at})", f"({at})", f"Q{at}.", f"{at}"))
    points = rng.choice(("", "", f" ({rng.randint(1, 20)} points)", " ____"))
    hang = "padding-inline-start:2em;text-indent:-2em;margin-top:.6em"
    asked = part(
        "list_item",
        f'<span class="mk" style="width:2em">{mark}</span>{made.inline(writer.text(rng.randint(1, 3)))}{points}',
        hang,
    )
    if rng.random() < 0.3:
        return asked
    letters = rng.choice(("A.", "A)", "(A)", "a)", "a."))
    count, beside = rng.randint(3, 5), rng.random() < 0.35
    answers = "".join(
        part(
            "list_item",
            f"{letters.replace('A', 'ABCDE'[i]).replace('a', 'abcde'[i])} {escape(writer.phrase(1, 3 if beside else 9))}",
        )
        for i in range(count)
    )
    look = "display:grid;grid-template-columns:1fr 1fr" if beside else ""
    return f'{asked}<div style="padding-inline-start:2em;{look}">{answers}</div>'


def deck(rng: random.Random, writer: Writer) -> Made:
    """Dense slides: a sentence for a title, halves, a source line and a number at the foot."""
    style = replace(
        any_style(rng, writer, columns=1), width=960, height=rng.choice((540, 600, 720)), margin=(100, 50, 50, 50),
        size=rng.uniform(12, 19), indent=0.0, align="left",
    )  # fmt: skip
    made = Elements(writer, style, rng)
    return style, [_dense_slide(made, number) for number in range(rng.randint(2, 5))]


def _dense_slide(made: Elements, number: int) -> str:
    rng, writer, style = made.rng, made.writer, made.style
    size = rng.uniform(1.3, 2.0)
    head = part(
        rng.choice(("heading", "heading", "title")),
        escape(writer.sentence(5, 14) if rng.random() < 0.5 else writer.title(2, 8)),
        f"position:absolute;left:50px;right:50px;top:26px;font-size:{size:.2f}em;line-height:1.15;font-weight:{rng.choice((400, 700))}",
    )
    halves, x = rng.choice((1, 2, 2, 3)), 50
    wide = (860 - (halves - 1) * 24) // halves
    lanes = []
    for _ in range(halves):
        inner = picture(rng, writer, int(wide * 0.9), named=0.2) if rng.random() < 0.35 else ""
        kinds = rng.choice(
            (
                {"list": 1.0},
                {"list": 2.0, "paragraph": 1.0},
                {"table": 1.0},
                {"paragraph": 1.0, "heading": 0.6},
            )
        )
        inner += flowing_text(made, kinds, rng.randint(1, 3))
        shape = f"left:{x}px;width:{wide}px;top:105px;bottom:52px"
        lanes.append(
            f'<div class="lane"><div class="flow" style="{shape}">{inner}</div><div class="foot"></div></div>'
        )
        x += wide + 24
    row = "position:absolute;left:50px;right:50px;bottom:14px;font-size:10px;display:flex;justify-content:space-between"
    source = escape(rng.choice(("Source: ", "© ", "")) + writer.phrase(2, 7))
    foot = f'<div style="{row}"><span data-r="page_footer">{source}</span><span data-r="page_footer">{number + 2}</span></div>'
    return f'<div class="page">{head}{foot if style.seed % 4 else ""}{"".join(lanes)}</div>'


def verse(rng: random.Random, writer: Writer) -> Made:
    """Poems and plays: lines that end where they like, stanza after stanza."""
    style = replace(any_style(rng, writer, columns=1), indent=0.0, align="left")
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    parts = [made.heading(rng.choice((1, 2)))]
    for _ in range(rng.randint(3, 9)):
        if rng.random() < 0.15:
            parts.append(made.heading(2))
        lines = "<br>".join(
            escape(writer.phrase(3, 9)) + rng.choice(("", ",", ";", ".")) for _ in range(rng.randint(2, 8))
        )
        parts.append(part("paragraph", lines, f"margin:0 0 1em {rng.choice((0, 0, 3, 5))}em"))
    return style, [page(style, "".join(parts), running)]
