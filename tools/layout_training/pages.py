# ruff: noqa: RUF001 -- signs of many scripts
"""One page: its running head and foot, its columns, a title over them."""

import random
from html import escape

from tools.layout_training.elements import Elements
from tools.layout_training.style import Style
from tools.layout_training.wording import Writer


def column_width(style: Style) -> int:
    width = style.width - style.margin[1] - style.margin[3]
    return (width - (style.columns - 1) * style.gap) // style.columns


def title_part(made: Elements) -> str:
    """A title over all columns, with authors, an abstract, or nothing."""
    rng, writer = made.rng, made.writer
    align = rng.choice(("center", "center", "left"))
    size = rng.uniform(1.4, 2.6)
    weight = rng.choice((400, 700))
    parts = [
        (
            f'<div data-r="title" style="font-family:{made.style.head!r};font-size:{size:.2f}em;font-weight:{weight};line-height:1.2;'
            f'text-align:{align};margin:0 0 .5em">{escape(writer.title(3, 12))}</div>'
        )
    ]
    if rng.random() < 0.6:
        names = ", ".join(writer.name() for _ in range(rng.randint(1, 5)))
        parts.append(
            f'<div data-r="paragraph" style="text-align:{align};margin:.5em 0">{escape(names)}</div>'
        )
    if rng.random() < 0.4:
        place = f"{escape(writer.phrase(2, 6))}, {escape(writer.name())}<br>{writer.vocabulary[3]}@{writer.vocabulary[5]}.org"
        parts.append(
            f'<div data-r="paragraph" style="text-align:{align};font-size:.9em;margin:.4em 0">{place}</div>'
        )
    if rng.random() < 0.5:
        label = rng.choice(writer.language.headings)
        text = made.inline(writer.text(rng.randint(3, 7)))
        if rng.random() < 0.5:
            parts.append(
                f'<div data-r="heading" style="font-weight:700;text-align:{align}">{escape(label)}</div>'
            )
            parts.append(f'<p class="first" data-r="paragraph" style="margin:.4em 2em">{text}</p>')
        else:
            parts.append(
                f'<p class="first" data-r="paragraph" style="margin:.4em 1em"><b>{escape(label)}.</b> {text}</p>'
            )
    return f'<div style="column-span:all;margin-bottom:1em">{"".join(parts)}</div>'


class Running:
    """The header and footer of a document, with its page number."""

    def __init__(self, rng: random.Random, writer: Writer, style: Style) -> None:
        self.rng, self.writer, self.style = rng, writer, style
        self.number = rng.randint(1, 320)
        self.head = rng.choices(("none", "title", "ends", "number", "two"), (4, 3, 3, 1, 1))[0]
        self.foot = rng.choices(("none", "number", "title", "ends", "of", "two"), (2, 6, 1.5, 3, 1, 1))[0]
        self.lines = rng.choice((1, 1, 1, 1, 2, 3))
        self.titles = (writer.title(2, 7), writer.phrase(2, 6))
        self.size = rng.choice((0.75, 0.85, 0.9, 1.0))
        self.rule = rng.random() < 0.35
        self.slant = rng.choice(("normal", "normal", "italic"))
        self.case = rng.choice(("none", "none", "none", "uppercase"))
        self.sideways = rng.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 90, 270))

    def draw(self) -> str:
        self.number += 1
        top, right, bottom, left = self.style.margin
        head, foot = self._line(self.head, "page_header"), self._line(self.foot, "page_footer")
        base = (
            f"position:absolute;left:{left}px;right:{right}px;font-size:{self.size}em;line-height:1.25;font-style:{self.slant};"
            f"text-transform:{self.case};display:flex;justify-content:space-between"
        )
        high = top * self.style.seed % 1000 / 1000 * 0.25 + 0.25
        rule = "border-bottom:1px solid #333;" if self.rule else ""
        over = "border-top:1px solid #333;" if self.rule else ""
        return (
            f'{self._turned() if self.sideways else ""}<div style="{base};top:{int(top * high)}px;{rule}">{head}</div>'
            f'<div style="{base};bottom:{int(bottom * high)}px;{over}">{foot}</div>'
        )

    def _turned(self) -> str:
        """A running title up or down the outer margin."""
        edge = f"{'left' if self.sideways == 90 else 'right'}:{min(self.style.margin[1], self.style.margin[3]) // 3}px"
        turn = "transform:rotate(180deg);" if self.sideways == 90 else ""
        shape = f"writing-mode:vertical-rl;{turn}{edge};top:{self.style.height // 3}px;font-size:{self.size}em;line-height:1.1"
        return f'<div data-r="page_header" style="position:absolute;{shape}">{escape(self.titles[0])}</div>'

    def _line(self, kind: str, role: str) -> str:
        if kind == "none":
            return ""
        title, second = (escape(text) for text in self.titles)
        if kind == "title":
            title += "".join(f"<br>{escape(self.writer.phrase(3, 8))}" for _ in range(self.lines - 1))
        number = self._sign(kind)
        parts = {
            "number": [number],
            "of": [number],
            "title": [title],
            "ends": [title, number] if self.number % 2 else [number, title],
            "two": [title, second],
        }[kind]
        alone = ' style="margin:auto"' if len(parts) == 1 and self.style.seed % 3 else ""
        if len(parts) == 2 and self.style.seed % 4 == 1:
            return f'<span data-r="{role}">{parts[0]}<span style="padding:0 1.2em">{"|·"[self.style.seed % 2]}</span>{parts[1]}</span>'
        return "".join(f'<span data-r="{role}"{alone}>{part}</span>' for part in parts)

    def _sign(self, kind: str) -> str:
        label = self.writer.language.page[0]
        if kind == "of":
            return f"{label} {self.number} / {self.number + 40}"
        forms = (
            f"{self.number}",
            f"{self.number}",
            f"{label} {self.number}",
            f"– {self.number} –",
            f"{self.number}",
        )
        return forms[self.style.seed % 5]


def page(style: Style, flow: str, running: Running, notes: str = "", *, aside: str = "") -> str:
    _, right, _, left = style.margin
    wide = int((style.width - left - right) * 0.28) if aside else 0
    lanes = []
    if aside:
        edge = f"{'right' if style.seed % 2 else 'left'}:{right}px;width:{wide - 20}px"
        lanes.append(_lane(style, edge, aside, columns=1, look="font-size:.85em;background:#eef"))
    side = (right, left + wide) if style.seed % 2 == 0 else (right + wide, left)
    lanes.append(_lane(style, f"right:{side[0]}px;left:{side[1]}px", flow, notes, columns=style.columns))
    return f'<div class="page">{running.draw()}{"".join(lanes)}</div>'


def free_page(style: Style, parts: list[str], *, spread: bool, under: str = "") -> str:
    """A sheet that nothing is cut from: its parts stand from the upper edge to the lower, or close together."""
    top, right, bottom, left = style.margin
    way = "space-between" if spread else "flex-start;gap:.5em"
    shape = f"top:{top}px;right:{right}px;bottom:{bottom}px;left:{left}px;display:flex;flex-direction:column;justify-content:{way}"
    return f'<div class="page">{under}<div style="position:absolute;{shape}">{"".join(parts)}</div></div>'


def columns_page(style: Style, head: str, flows: list[tuple[str, str]], running: Running) -> str:
    """Columns that each have their own notes, below something over all of them."""
    top, right, _, left = style.margin
    wide = (style.width - left - right - style.gap * (len(flows) - 1)) / len(flows)
    down = int(style.height * 0.22) if head else 0
    lanes = [
        _lane(
            style,
            f"left:{left + at * (wide + style.gap):.0f}px;width:{wide:.0f}px",
            flow,
            notes,
            columns=1,
            down=down,
        )
        for at, (flow, notes) in enumerate(flows)
    ]
    if head:
        over = f"left:{left}px;right:{right}px;bottom:{style.height - top - down + 8}px"
        lanes.insert(0, _lane(style, over, head, columns=1, low=style.height - top - down + 8))
    return f'<div class="page">{running.draw()}{"".join(lanes)}</div>'


def _lane(
    style: Style,
    place: str,
    flow: str,
    notes: str = "",
    *,
    columns: int,
    look: str = "",
    down: int = 0,
    low: int = 0,
) -> str:
    """A part of the page that text fills from the top, with notes at its bottom."""
    rule = (
        "border-top:1px solid #000;width:30%;margin:6px 0 4px" if style.footnote_rule else "margin-top:10px"
    )
    note = f'<div style="{rule}"></div>{notes}' if notes else ""
    line = "column-rule:1px solid #999;" if style.seed % 6 == 0 else ""
    low = low or style.margin[2]
    return (
        f'<div class="lane"><div class="flow" style="top:{style.margin[0] + down}px;bottom:{low}px;{place};'
        f'column-count:{columns};{line}{look}">{flow}</div>'
        f'<div class="foot" style="position:absolute;bottom:{low}px;{place}">{note}</div></div>'
    )
