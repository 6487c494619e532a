# ruff: noqa: RUF001 -- signs of many scripts; the same draws every time
"""Papers of offices: forms in frames, regulations, procedures, notices, programmes, lists of people and terms."""

import random
from dataclasses import replace
from html import escape

from tools.layout_training.dealings import address, part
from tools.layout_training.elements import Elements
from tools.layout_training.figures import picture_url
from tools.layout_training.flow import flowing_text
from tools.layout_training.pages import Running, free_page, page, title_part
from tools.layout_training.prints import picture
from tools.layout_training.reports import exhibit
from tools.layout_training.style import Style, any_style
from tools.layout_training.wording import Writer

Made = tuple[Style, list[str]]
_BOXES = "☐☐☐□○\uf0a8\uf06f"


def framed_form(rng: random.Random, writer: Writer) -> Made:
    """Parts in frames: small labels over white, boxes to tick beside one another, bars with a name."""
    style = replace(any_style(rng, writer, columns=1), indent=0.0, align="left", spacing=0.2)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    running.head = rng.choice(("none", "none", "title"))
    parts = [title_part(made) if rng.random() < 0.7 else ""]
    frame = rng.choice(
        ("border:1px solid #333;", "border:1px solid #333;", "border-bottom:1px solid #999;", "")
    )
    for _ in range(rng.randint(3, 7)):
        bar = rng.choice(("background:#dde;", "background:#345;color:#fff;", "", "border-bottom:1px solid;"))
        weight = rng.choice((400, 700, 700))
        head = part("heading", escape(writer.title(1, 6)), f"{bar}font-weight:{weight};padding:2px 5px")
        rows = "".join(_field_row(made, frame) for _ in range(rng.randint(1, 5)))
        outer = rng.choice(("", "border:1px solid #333;"))
        parts.append(
            f'<div style="{outer}margin-bottom:.6em">{head if rng.random() < 0.8 else ""}{rows}</div>'
        )
    return style, [page(style, "".join(parts), running)]


def _field_row(made: Elements, frame: str) -> str:
    rng = made.rng
    kind = rng.random()
    if kind < 0.3:
        return _ticks(made, frame)
    if kind < 0.45:
        return made.paragraph(1, extra='class="first" style="padding:3px 5px"')
    cells = "".join(
        f'<div style="flex:{rng.randint(1, 3)};{frame}padding:2px 5px;min-height:2em">{_field(made)}</div>'
        for _ in range(rng.randint(1, 4))
    )
    return f'<div style="display:flex">{cells}</div>'


def _field(made: Elements) -> str:
    """Label above or before what was filled in, which may be nothing."""
    rng, writer = made.rng, made.writer
    label = escape(writer.phrase(1, 4)) + rng.choice(("", ":", ""))
    filled = rng.choice(("", escape(writer.phrase(1, 3)), writer.number()))
    if rng.random() < 0.5:
        small = part("paragraph", label, f"font-size:{rng.uniform(0.65, 0.9):.2f}em;line-height:1.2")
        return small + (part("paragraph", filled) if filled else "")
    return part("paragraph", f"{label} {filled}")


def _ticks(made: Elements, frame: str) -> str:
    """A question, and boxes in one row or in columns."""
    rng, writer = made.rng, made.writer
    sign = rng.choice(_BOXES)
    asked = part("paragraph", escape(writer.phrase(2, 10)) + rng.choice(("?", ":", "")), "padding:2px 5px")
    across = rng.randint(2, 4)
    answers = "".join(
        part("list_item", f"{sign} {escape(writer.phrase(1, 4))}") for _ in range(rng.randint(2, 3 * across))
    )
    look = f"display:grid;grid-template-columns:repeat({across},1fr);gap:2px 12px;padding:2px 5px"
    beside = "display:flex;align-items:flex-start" if rng.random() < 0.3 else ""
    return f'<div style="{frame}{beside}">{asked}<div style="{look};flex:1">{answers}</div></div>'


def regulation(rng: random.Random, writer: Writer) -> Made:
    """Articles, their paragraphs, letters and Roman numbers, each a little further in."""
    style = replace(any_style(rng, writer, columns=rng.choice((1, 1, 2))), indent=0.0)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    name, at, pages = (
        rng.choice(("Article", "Section", "§", "Art.", "Clause", "Rule")),
        rng.randint(1, 60),
        [],
    )
    centre = f"text-align:{rng.choice(('center', 'left'))};font-weight:{rng.choice((400, 700, 700))};margin:1em 0 .3em"
    for number in range(rng.randint(1, 3)):
        parts = [title_part(made) if number == 0 and rng.random() < 0.4 else ""]
        for _ in range(rng.randint(4, 9)):
            title = escape(writer.title(1, 7)) if rng.random() < 0.7 else ""
            joint = rng.choice((" ", "<br>", ". ", " – ")) if title else ""
            parts.append(part("heading", f"{name} {at}{joint}{title}", centre))
            parts += _clauses(made)
            at += 1
        pages.append(page(style, "".join(parts), running))
    return style, pages


def _clauses(made: Elements) -> list[str]:
    rng, writer = made.rng, made.writer
    first = rng.choice(("({})", "{}.", "({})", ""))
    inset = rng.choice((0, 0, 1.8, 2.5))
    parts = []
    for number in range(1, rng.randint(2, 6)):
        text = made.inline(writer.text(rng.randint(1, 3)))
        hang = f"padding-inline-start:{inset}em;text-indent:-{inset}em;margin:.3em 0"
        role = "list_item" if first else "paragraph"
        parts.append(part(role, f"{first.format(number)} {text}" if first else text, hang))
        if rng.random() < 0.35:
            for letter in "abcdef"[: rng.randint(2, 5)]:
                left = inset + rng.choice((0.0, 1.5))
                shape = f"padding-inline-start:{left + 1.6:.1f}em;text-indent:-1.6em;margin:.2em 0"
                parts.append(part("list_item", f"({letter}) {escape(writer.phrase(4, 24))};", shape))
    return parts


def procedure(rng: random.Random, writer: Writer) -> Made:
    """Steps with pictures and notes between them; theorems and terms that open a paragraph in bold; long names of parts."""
    style = any_style(rng, writer, columns=1)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    pages = []
    for number in range(rng.randint(1, 3)):
        flow = _part_head(made) if number == 0 else ""
        for _ in range(rng.randint(4, 11)):
            kind = rng.random()
            if kind < 0.2:
                flow += _named(made)
            elif kind < 0.5:
                flow += made.listing(rng.randint(2, 6), kind="number", long=True)
            elif kind < 0.6:
                flow += made.callout()
            elif kind < 0.7:
                flow += exhibit(made, int((style.width - style.margin[1] - style.margin[3]) * 0.6))
            elif kind < 0.82:
                flow += made.heading(rng.choice((2, 3)), writer.title(5, 14) if rng.random() < 0.3 else None)
            else:
                flow += flowing_text(made, {"paragraph": 6, "code": 0.8, "table": 0.6}, rng.randint(1, 3))
        pages.append(page(style, flow, running))
    return style, pages


def _part_head(made: Elements) -> str:
    """`Chapter 3` over its name in one piece, or as two."""
    rng, writer = made.rng, made.writer
    label = f"{rng.choice(('Chapter', 'Part', 'Lesson', 'Unit', 'Kapitel', 'Appendix'))} {rng.randint(1, 20)}"
    size, weight, align = (
        rng.uniform(1.4, 2.6),
        rng.choice((400, 700)),
        rng.choice(("left", "center", "right")),
    )
    shape = (
        f"font-size:{size:.2f}em;line-height:1.2;font-weight:{weight};text-align:{align};margin:.4em 0 1em"
    )
    title = escape(writer.title(2, 10))
    if rng.random() < 0.5:
        return part("heading", f"{label}<br>{title}", shape)
    return part("heading", label, f"font-size:{size * 0.7:.2f}em;text-align:{align}") + part(
        "heading", title, shape
    )


def _named(made: Elements) -> str:
    """`Definition 2.3 (…).` and what follows; its words may be slanted."""
    rng, writer = made.rng, made.writer
    kind = rng.choice(
        (
            "Definition",
            "Theorem",
            "Lemma",
            "Remark",
            "Example",
            "Proof",
            "Beispiel",
            "Satz",
            "Step",
            "Task",
            "Exercise",
        )
    )
    sign = f" {rng.randint(1, 9)}.{rng.randint(1, 30)}" if rng.random() < 0.7 else ""
    more = f" ({escape(writer.phrase(1, 4))})" if rng.random() < 0.4 else ""
    end = rng.choice((".", ":", ""))
    lead = rng.choice(
        (
            f"<b>{kind}{sign}{more}{end}</b>",
            f"<i>{kind}{sign}{more}{end}</i>",
            f"<b>{kind}{sign}</b>{more}{end}",
        )
    )
    line = rng.choice((" ", " ", " ", "<br>"))
    slant = "font-style:italic" if rng.random() < 0.3 else ""
    return part(
        "paragraph", f"{lead}{line}{made.inline(writer.text(rng.randint(1, 4)))}", f"margin:.6em 0;{slant}"
    )


def notice(rng: random.Random, writer: Writer) -> Made:
    """A poster: few words, large, about the middle; lists side by side; who to ask at its foot."""
    style = replace(any_style(rng, writer, columns=1), indent=0.0, align="left")
    style = replace(style, size=style.size * rng.uniform(1.0, 1.6))
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    align = rng.choice(("center", "center", "left"))
    parts = [
        part("title", escape(writer.title(2, 7)), f"text-align:{align};font-size:{rng.uniform(1.8, 3.4):.1f}em;line-height:1.1;font-weight:700"),
        part("paragraph", escape(writer.phrase(3, 10)), f"text-align:{align};font-size:1.2em"),
    ]  # fmt: skip
    for _ in range(rng.randint(2, 5)):
        kind = rng.random()
        if kind < 0.35:
            parts.append(_side_by_side(made))
        elif kind < 0.55:
            wide = int((style.width - 120) * rng.uniform(0.3, 0.8))
            parts.append(
                f'<div style="margin:0 auto;width:{wide}px">{picture(rng, writer, wide, named=0.15)}</div>'
            )
        else:
            head = part(
                "heading",
                escape(writer.title(1, 5)),
                f"text-align:{align};font-weight:700;font-size:{rng.uniform(1, 1.5):.1f}em",
            )
            parts.append(
                f"<div>{head}{part('paragraph', escape(writer.text(rng.randint(1, 3))), f'text-align:{align}')}</div>"
            )
    parts.append(
        part(
            rng.choice(("paragraph", "page_footer")),
            address(rng, writer, 1, 6),
            f"text-align:{align};font-size:.8em",
        )
    )
    ground = f'<div style="position:absolute;inset:0;background:url({picture_url(rng, pale=True)});background-size:100% 100%"></div>'
    del running
    return style, [free_page(style, parts, spread=True, under=ground if rng.random() < 0.4 else "")]


def _side_by_side(made: Elements) -> str:
    rng, writer = made.rng, made.writer
    columns = "".join(
        '<div style="flex:1">'
        + (part("heading", escape(writer.title(1, 4)), "font-weight:700;margin-bottom:.2em") if rng.random() < 0.7 else "")
        + made.listing(rng.randint(3, 8), kind=rng.choice(("bullet", "bullet", "number", "check")), long=rng.random() < 0.2)
        + "</div>"
        for _ in range(rng.randint(2, 4))
    )  # fmt: skip
    return f'<div style="display:flex;gap:{rng.randint(10, 40)}px">{columns}</div>'


def directory(rng: random.Random, writer: Writer) -> Made:
    """Dates and what happened, questions and answers, terms and meanings, people and places."""
    style = replace(any_style(rng, writer, columns=rng.choice((1, 1, 2))), indent=0.0)
    made, running = Elements(writer, style, rng), Running(rng, writer, style)
    kind, pages = rng.choice(("dates", "questions", "people", "terms")), []
    for number in range(rng.randint(1, 2)):
        parts = [title_part(made) if number == 0 else ""]
        parts += [
            made.heading(rng.choice((1, 2))) if rng.random() < 0.12 else _entry(made, kind)
            for _ in range(rng.randint(6, 22))
        ]
        pages.append(page(style, "".join(parts), running))
    return style, pages


def _entry(made: Elements, kind: str) -> str:
    rng, writer = made.rng, made.writer
    if kind == "dates":
        when = (
            f"{rng.randint(1, 28)}.{rng.randint(1, 12)}.{rng.randint(1980, 2026)}"
            if made.style.seed % 2
            else f"{rng.randint(1980, 2010)}–{rng.randint(2011, 2026)}"
        )
        told = "".join(
            (
                part("paragraph", f"<b>{escape(writer.phrase(1, 4))}</b><br>{escape(writer.text(1))}"),
                made.listing(2, kind="bullet", long=False) if rng.random() < 0.2 else "",
            )
        )
        return f'<div style="display:flex;gap:1em;margin:.4em 0"><div style="flex:none;width:7em">{part("paragraph", when)}</div><div style="flex:1">{told}</div></div>'
    if kind == "questions":
        mark = rng.choice(("", "Q: ", f"{rng.randint(1, 30)}. "))
        return part(
            "heading", mark + escape(writer.phrase(4, 12)) + "?", "font-weight:700;margin-top:.8em"
        ) + made.paragraph(rng.randint(1, 4))
    if kind == "people":
        return part(
            "paragraph",
            f"<b>{escape(writer.name())}</b><br>{address(rng, writer, 2, 6)}",
            "margin:.6em 0;break-inside:avoid",
        )
    return part(
        "paragraph",
        f"<b>{escape(writer.phrase(1, 3))}</b>{rng.choice((' ', ': ', ' – '))}{made.inline(writer.text(rng.randint(1, 2)))}",
        "padding-inline-start:1.5em;text-indent:-1.5em;margin:.2em 0",
    )
