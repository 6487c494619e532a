"""Papers of trade and office: invoices with their foot, receipts cut to their length, statements, letters with a head."""

import random
from dataclasses import replace
from html import escape

from tools.layout_training.elements import Elements
from tools.layout_training.figures import picture_url
from tools.layout_training.flow import flowing_text
from tools.layout_training.pages import Running, free_page, page
from tools.layout_training.style import Style, any_style
from tools.layout_training.wording import Writer

Made = tuple[Style, list[str]]
_CURRENCY = ("", "$", "€ ", "RM ", "£", "USD ", " EUR", " zł")


def money(rng: random.Random, sign: str = "") -> str:
    value = rng.choice((rng.random() * 99, rng.random() * 9999, rng.random() * 300000))
    text = f"{value:,.2f}" if rng.random() < 0.7 else f"{value:.2f}".replace(".", ",")
    text = f"({text})" if rng.random() < 0.06 else text
    return f"{text}{sign}" if sign.startswith(" ") else f"{sign}{text}"


def part(role: str, inner: str, shape: str = "") -> str:
    return f'<div data-r="{role}" style="{shape}">{inner}</div>'


def address(rng: random.Random, writer: Writer, least: int = 2, most: int = 6) -> str:
    rows = [
        writer.name(),
        writer.phrase(1, 3),
        f"{writer.phrase(1, 2)} {rng.randint(1, 199)}",
        f"{rng.randint(1000, 99999)} {writer.phrase(1, 1)}",
        f"{rng.choice(('Tel', 'Tel.', 'Phone', 'T'))}: +{rng.randint(1, 99)} {rng.randint(100, 999)} {rng.randint(10000, 9999999)}",
        f"{writer.vocabulary[3]}@{writer.vocabulary[5]}.com",
        f"{rng.choice(('VAT ID', 'GST ID', 'Reg. No', 'USt-IdNr.', 'NIP'))}: {rng.randint(10**7, 10**9)}",
    ]
    return "<br>".join(escape(row) for row in rows[: rng.randint(least, most)])


def receipt(rng: random.Random, writer: Writer) -> Made:
    """As long as what stands on it: its foot is no foot of a page."""
    goods, totals, tail = rng.randint(1, 14), rng.randint(2, 8), rng.randint(1, 5)
    size = rng.uniform(10.5, 14)
    lines = 9 + goods * rng.choice((1.2, 1.2, 2.2)) + totals * 1.3 + tail * 1.8
    style = replace(
        any_style(rng, writer, columns=1),
        width=rng.randint(260, 460), height=int(lines * size * 1.35) + rng.randint(20, 120), margin=(24, 20, 24, 20),
        size=size, leading=1.25, indent=0.0, spacing=0.2, align="left",
    )  # fmt: skip
    if not writer.language.font:
        body = rng.choice(
            ("Liberation Mono", "DejaVu Sans Mono", "Inconsolata", "DejaVu Sans", "Liberation Sans Narrow")
        )
        style = replace(style, body=body)
    case = rng.choice(("", "", "text-transform:uppercase;"))
    head = part(
        "paragraph", address(rng, writer), f"{case}text-align:{rng.choice(('center', 'center', 'left'))}"
    )
    weight = rng.choice((400, 700))
    name = part(
        rng.choice(("title", "heading")),
        escape(writer.title(1, 4)),
        f"{case}text-align:center;font-weight:{weight};font-size:{rng.uniform(1.0, 1.6):.1f}em",
    )
    sums = _sums(rng, writer, totals, wide=True)
    last = [
        part("paragraph", escape(writer.sentence(2, 8)), f"text-align:{rng.choice(('center', 'left'))}")
        for _ in range(tail)
    ]
    parts = [name, head, _pairs(rng, writer, rng.randint(1, 4)), _goods(rng, writer, goods), sums, *last]
    if rng.random() < 0.3:
        parts.insert(-1, _goods(rng, writer, rng.randint(1, 3)))
    return style, [free_page(style, parts, spread=rng.random() < 0.8)]


def _goods(rng: random.Random, writer: Writer, count: int) -> str:
    columns = rng.randint(1, 3)
    head = "".join(f"<td>{escape(writer.phrase(1, 1))}</td>" for _ in range(columns + 1))
    is_tall = rng.random() < 0.4
    rows = [f"<tr>{head}</tr>"] if rng.random() < 0.6 else []
    for _ in range(count):
        cells = "".join(
            f"<td align=right>{money(rng) if at else rng.randint(1, 9)}</td>" for at in range(columns)
        )
        name = escape(writer.phrase(1, 4))
        rows += [f'<tr><td colspan="{columns + 1}">{name}</td></tr>', f"<tr><td></td>{cells}</tr>"] if is_tall else [
            f"<tr><td>{name}</td>{cells}</tr>"
        ]  # fmt: skip
    rule = rng.choice(("", "border-top:1px dashed;border-bottom:1px dashed", "border-bottom:1px solid"))
    return (
        f'<table data-r="table" data-box="1" style="width:100%;font-size:1em;{rule}">{"".join(rows)}</table>'
    )


def _sums(rng: random.Random, writer: Writer, count: int, *, wide: bool) -> str:
    """Totals: each a paragraph of its own."""
    sign = rng.choice(_CURRENCY)
    width = "100%" if wide else f"{rng.randint(30, 60)}%"
    gap = rng.choice(("justify-content:space-between", "justify-content:flex-end;gap:1.2em"))
    rows = []
    for at in range(count):
        strong = "font-weight:700;" if rng.random() < 0.3 else ""
        larger = (
            f"font-size:{rng.uniform(1.1, 1.7):.1f}em;" if at == count - 1 and rng.random() < 0.35 else ""
        )
        label = escape(writer.phrase(1, 3)) + rng.choice((":", "", ":", " (%)"))
        inner = f"<span>{label}</span><span>{money(rng, sign)}</span>"
        rows.append(part("paragraph", inner, f"display:flex;{gap};{strong}{larger}margin:.25em 0"))
    return f'<div style="width:{width};margin-inline-start:auto">{"".join(rows)}</div>'


def _pairs(rng: random.Random, writer: Writer, count: int) -> str:
    """Labels and values on one level, with white between them."""
    wide = rng.randint(70, 220)
    mark = rng.choice((":", "", ":", ""))
    slot = f"display:inline-block;min-width:{wide}px"
    return "".join(
        part(
            "paragraph",
            f'<span style="{slot}">{escape(writer.phrase(1, 3))}{mark}</span><span>{_value(rng, writer)}</span>',
        )
        for _ in range(count)
    )


def _value(rng: random.Random, writer: Writer) -> str:
    return rng.choice(
        (
            writer.number(),
            f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{rng.randint(1990, 2026)}",
            escape(writer.phrase(1, 3)),
            f"{rng.choice('ABINRX')}{rng.randint(1000, 999999)}",
            "",
        )
    )


def invoice(rng: random.Random, writer: Writer) -> Made:
    style = replace(any_style(rng, writer, columns=1), indent=0.0, align="left")
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    running.head = rng.choice(("none", "none", "none", "title"))
    running.foot = rng.choice(("none", "none", "number", "of"))
    head = [_letterhead(rng, writer), _addressee(rng, writer), _titled(rng, writer)]
    if rng.random() < 0.3:
        head.reverse()
    body = made.table(rng.randint(1, 12)) if rng.random() < 0.6 else _goods(rng, writer, rng.randint(1, 12))
    tail = [made.paragraph(rng.randint(1, 2), extra='class="first"') for _ in range(rng.randint(0, 3))]
    if rng.random() < 0.4:
        tail.append(_pairs(rng, writer, rng.randint(2, 5)))
    sums = _sums(rng, writer, rng.randint(1, 6), wide=rng.random() < 0.3)
    parts = [*head, body, sums, *tail]
    if rng.random() < 0.35:
        return style, [free_page(style, parts, spread=True, under=running.draw())]
    made_page = page(style, "".join(parts), running)
    if running.foot == "none" and rng.random() < 0.7:
        made_page = made_page.replace(
            '<div class="page">', f'<div class="page">{small_foot(rng, writer, style)}', 1
        )
    return style, [made_page]


def small_foot(rng: random.Random, writer: Writer, style: Style) -> str:
    """Address, bank and register in small columns at the foot of a sheet."""
    columns = rng.randint(1, 4)
    rule = "border-top:1px solid #777;padding-top:4px;" if rng.random() < 0.5 else ""
    look = rng.choice(("justify-content:space-between", "justify-content:space-around"))
    spans = "".join(
        f'<div data-r="page_footer" style="text-align:{"center" if columns == 1 else "left"}">{address(rng, writer, 1, 4)}</div>'
        for _ in range(columns)
    )
    shape = f"left:{style.margin[3]}px;right:{style.margin[1]}px;bottom:{rng.randint(12, max(14, style.margin[2] // 2))}px"
    return f'<div style="position:absolute;{shape};font-size:{rng.uniform(0.6, 0.8):.2f}em;line-height:1.2;display:flex;{look};{rule}">{spans}</div>'


def _letterhead(rng: random.Random, writer: Writer) -> str:
    logo = (
        f'<div data-r="picture" data-box="1" style="width:90px;height:46px;background:url({picture_url(rng)})"></div>'
        if rng.random() < 0.5
        else part(
            "title", escape(writer.title(1, 3)), f"font-size:{rng.uniform(1.2, 2.4):.1f}em;font-weight:700"
        )
    )
    order = rng.choice(("row", "row-reverse"))
    own = part(
        "paragraph", address(rng, writer), f"font-size:.85em;text-align:{rng.choice(('left', 'right'))}"
    )
    return f'<div style="display:flex;flex-direction:{order};justify-content:space-between;margin-bottom:1.5em">{logo}{own}</div>'


def _addressee(rng: random.Random, writer: Writer) -> str:
    def one() -> str:
        label = escape(writer.phrase(1, 2)) + rng.choice((":", ""))
        if rng.random() < 0.4:
            return part("heading", label, "font-weight:700") + part("paragraph", address(rng, writer))
        inner = f"<b>{label}</b><br>" if rng.random() < 0.4 else ""
        return part("paragraph", inner + address(rng, writer))

    line = part(
        "paragraph",
        escape(f"{writer.name()} · {writer.phrase(1, 2)} · {rng.randint(10000, 99999)}"),
        "font-size:.65em",
    )
    line = line if rng.random() < 0.3 else ""
    other = f"<div>{one() if rng.random() < 0.5 else _pairs(rng, writer, rng.randint(2, 7))}</div>"
    return f'<div style="display:flex;justify-content:space-between;margin-bottom:1.4em"><div>{line}{one()}</div>{other if rng.random() < 0.8 else ""}</div>'


def _titled(rng: random.Random, writer: Writer) -> str:
    text = escape(writer.title(1, 3)) + rng.choice(("", "", f" {rng.randint(100, 99999)}"))
    shape = f"font-size:{rng.uniform(1.0, 2.2):.1f}em;font-weight:{rng.choice((400, 700, 700))};margin:.4em 0"
    return part(rng.choice(("title", "heading")), text, shape)


def letter(rng: random.Random, writer: Writer) -> Made:
    """With a printed head and foot."""
    style = any_style(rng, writer, columns=1)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    running.head = running.foot = "none"
    gap = "margin-bottom:1.4em"
    parts = [
        _letterhead(rng, writer),
        part("paragraph", address(rng, writer, 3, 4), gap),
        part("paragraph", f"{rng.randint(1, 28)}.{rng.randint(1, 12)}.{rng.randint(1950, 2026)}", f"{gap};text-align:{rng.choice(('left', 'right'))}"),
        part("heading", escape(writer.title(2, 9)), f"font-weight:{rng.choice((400, 700, 700))};{gap}") if rng.random() < 0.6 else "",
        part("paragraph", escape(writer.phrase(2, 4)) + ",", "margin-bottom:.6em"),
        flowing_text(made, {"paragraph": 8, "list": 1, "table": 0.3}, rng.randint(1, 6)),
        part("paragraph", escape(writer.phrase(2, 4)) + ",", "margin-top:1em"),
        part("paragraph", f"{escape(writer.name())}<br>{escape(writer.phrase(1, 4))}", "margin-top:2.4em"),
    ]  # fmt: skip
    made_page = page(style, "".join(parts), running)
    foot = small_foot(rng, writer, style) if rng.random() < 0.7 else ""
    return style, [made_page.replace('<div class="page">', f'<div class="page">{foot}', 1)]


def accounts(rng: random.Random, writer: Writer) -> Made:
    """A report with tables of figures: parts, sums under rules, numbers in brackets."""
    style = any_style(rng, writer, columns=1)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    pages = []
    for _ in range(rng.randint(1, 3)):
        parts = []
        for _ in range(rng.randint(1, 3)):
            parts.append(made.heading(rng.choice((1, 2))))
            if rng.random() < 0.5:
                parts.append(
                    part(
                        "paragraph", f"({escape(writer.phrase(2, 6))})", "text-align:center;font-style:italic"
                    )
                )
            parts += [made.paragraph() for _ in range(rng.randint(0, 3))]
            parts.append(_ledger(rng, writer, rng.randint(4, 22)))
            if rng.random() < 0.3:
                parts.append(made.footnote(star=rng.random() < 0.5))
        pages.append(page(style, "".join(parts), running))
    return style, pages


def _ledger(rng: random.Random, writer: Writer, count: int) -> str:
    columns, sign = rng.randint(1, 4), rng.choice(("", "$", "€ "))
    head = "".join(f"<th align=right>{rng.randint(1995, 2026)}</th>" for _ in range(columns))
    rows = [f'<tr style="border-bottom:1px solid"><th></th>{head}</tr>'] if rng.random() < 0.8 else []
    dotted = rng.random() < 0.3
    for _ in range(count):
        kind = rng.random()
        if kind < 0.15:
            rows.append(f'<tr><td colspan="{columns + 1}"><b>{escape(writer.phrase(1, 4))}</b></td></tr>')
            continue
        rule = ' style="border-top:1px solid;border-bottom:3px double;font-weight:700"' if kind > 0.85 else ""
        cells = "".join(
            f"<td align=right>{money(rng, sign) if rng.random() < 0.9 else '—'}</td>" for _ in range(columns)
        )
        dots = " ." * rng.randint(4, 25) if dotted else ""
        inset = rng.choice((0, 0, 1, 2))
        rows.append(
            f'<tr{rule}><td style="padding-inline-start:{inset}em">{escape(writer.phrase(1, 7))}{dots}</td>{cells}</tr>'
        )
    return f'<table data-r="table" data-box="1" style="width:{rng.choice(("100%", "80%"))}">{"".join(rows)}</table>'
