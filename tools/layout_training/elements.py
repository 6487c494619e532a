# ruff: noqa: RUF001, Q003 -- signs of many scripts; the same draws every time
"""The parts of a page as HTML. `data-r` names the role that its text has; `data-box` counts the whole area."""

import random
from html import escape

from tools.layout_training.figures import chart, formula, photograph, picture_url
from tools.layout_training.style import Style
from tools.layout_training.wording import Writer

_LETTERS = "abcdefghij"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_CODE = (
    "def {w}({v}, {x}):", "    return {v} + {x}", "for (int i = 0; i < {n}; i++) {{", "}}", "    {v}.{w}({x});",
    "if ({v} == {n}) {{", "import {w}", "$ {w} --{v} {x}.txt", "    print(\"{w} {v}\")", "const {v} = {w}({n});",
    "# {w} {v} {x}", "  <{w} id=\"{v}\">{x}</{w}>", "SELECT {v}, {x} FROM {w} WHERE {v} > {n};", "sudo apt install {w}",
    "    \"{v}\": {n},", "{w}: {v}", "  - {w}={x}", "while {v}:", "    {x} = {v}[{n}]", "",
)  # fmt: skip


class Elements:
    """Makes the parts of one document; numbers of sections, figures and notes go on from part to part."""

    def __init__(self, writer: Writer, style: Style, rng: random.Random) -> None:
        self.writer = writer
        self.style = style
        self.rng = rng
        self.sections = [0, 0, 0, 0]
        self.figures = rng.randint(0, 9)
        self.tables = rng.randint(0, 9)
        self.notes = rng.randint(0, 40)

    def inline(self, text: str) -> str:
        """With a bold, slanted or typewriter word, a mark of a note, here and there."""
        rng = self.rng
        words = text.split(" ")
        result = []
        for word in words:
            chance = rng.random()
            plain = escape(word)
            if chance < 0.008:
                plain = f"<b>{plain}</b>"
            elif chance < 0.022:
                plain = f"<i>{plain}</i>"
            elif chance < 0.027:
                plain = f"<code>{plain}</code>"
            elif chance < 0.033:
                plain = f"{plain}<sup>{rng.randint(1, 30)}</sup>"
            elif chance < 0.037:
                plain = f"{plain} <i>x</i><sub>{rng.choice('ijk12')}</sub>"
            result.append(plain)
        return " ".join(result)

    def paragraph(self, sentences: int | None = None, *, extra: str = "") -> str:
        count = sentences or self.rng.choices((1, 2, 3, 4, 6, 9), (3, 4, 5, 4, 3, 1))[0]
        lead = ""
        if self.rng.random() < 0.05:
            lead = f"<b>{escape(self.writer.phrase(1, 4))}{self.rng.choice(('.', ':', ''))}</b> "
        return f'<p data-r="paragraph" {extra}>{lead}{self.inline(self.writer.text(count))}</p>'

    def heading(self, level: int, text: str | None = None) -> str:
        style = self.style
        ratio = style.h_ratio ** (4 - level) if level < 4 else 1.0
        number = self._number(level)
        words = escape(text or self.writer.title(1, 10 if self.rng.random() < 0.3 else 6))
        shape = f"font-size:{ratio:.2f}em"
        if level > 2 and self.rng.random() < 0.2:
            shape += ";font-style:italic;font-weight:400"
        gap = self.rng.choice(("&ensp;", " ", "&emsp;")) if number else ""
        return f'<div class="h" data-r="heading" style="{shape}">{number}{gap}{words}</div>'

    def _number(self, level: int) -> str:
        self.sections[level - 1] += 1
        self.sections[level:] = [0] * (4 - level)
        numbers = [str(max(1, number)) for number in self.sections[:level]]
        kind = self.style.numbering
        if kind in {0, 5}:
            chapter = self.rng.choice(("Chapter", "Part", "Section", "Appendix"))
            return f"{chapter} {numbers[0]}." if kind == 5 and level == 1 else ""
        if kind == 3:
            at = min(9, int(numbers[-1]) - 1)
            return (_ROMAN[at].upper(), _LETTERS[at].upper(), numbers[-1], _LETTERS[at])[level - 1] + "."
        if kind == 4:
            return f"({numbers[-1]})"
        return ".".join(numbers) + ("." if kind == 2 else "")

    def definitions(self) -> str:
        """Terms, each with its meaning set in below it."""
        parts = []
        for _ in range(self.rng.randint(2, 5)):
            term = escape(self.writer.phrase(1, 3))
            meaning = self.inline(self.writer.text(self.rng.randint(1, 2)))
            parts.append(f'<div data-r="paragraph" style="font-weight:700;margin-top:.4em">{term}</div>')
            parts.append(f'<div data-r="paragraph" style="padding-inline-start:2em">{meaning}</div>')
        return "".join(parts)

    def listing(self, items: int | None = None, *, kind: str | None = None, long: bool | None = None) -> str:
        rng = self.rng
        kind = kind or rng.choices(("bullet", "number", "check", "plainless"), (6, 4, 0.6, 0.0))[0]
        count = items or rng.randint(2, 8)
        is_long = rng.random() < 0.4 if long is None else long
        nested = rng.random() < 0.2
        start = rng.choice((0, 0, 0, rng.randint(0, 20)))
        parts = []
        for at in range(count):
            parts.append(self._item(self._mark(kind, start + at), 0, long=is_long))
            if is_long and rng.random() < 0.1:
                left = self.style.list_indent + 1.4
                text = self.inline(self.writer.text(rng.randint(1, 3)))
                parts.append(
                    f'<div data-r="paragraph" style="padding-inline-start:{left}em;margin:.3em 0">{text}</div>'
                )
            if nested and rng.random() < 0.5:
                inner = rng.choice(("–", "◦", "-", "o", "▪"))
                parts += [
                    self._item(inner, 1, long=is_long and rng.random() < 0.5)
                    for _ in range(rng.randint(1, 3))
                ]
        return "".join(parts)

    def _mark(self, kind: str, at: int) -> str:
        if kind == "check":
            return self.rng.choice("☐☐☑☒□\uf0a8\uf06f\uf071○")
        if kind == "bullet":
            return self.style.bullet
        form = self.style.list_number
        sign = str(at + 1)
        if "a" in form:
            return form.replace("a", _LETTERS[at % 10])
        if "i" in form:
            return form.replace("i", _ROMAN[at % 10])
        return form.replace("1", sign)

    def _item(self, mark: str, depth: int, *, long: bool) -> str:
        rng, style = self.rng, self.style
        text = self.writer.text(rng.randint(1, 3)) if long else self.writer.phrase(2, 11)
        lead = (
            f"<b>{escape(self.writer.phrase(1, 3))}{rng.choice((':', '.', ' –'))}</b> "
            if rng.random() < 0.15
            else ""
        )
        width = (0.7 if mark in "–-·*" else 1.0) + 0.45 * len(mark) + style.seed % 5 * 0.1
        left = style.list_indent + width + depth * 1.6
        hanging = style.seed % 7 != 0
        if mark == style.bullet and style.seed % 47 == 0:
            mark = '<span style="display:inline-block;width:.35em;height:.35em;border-radius:50%;background:#222"></span>'
        shape = f"padding-inline-start:{left if hanging else style.list_indent:.2f}em;text-indent:-{width if hanging else 0:.2f}em"
        return (
            f'<div class="li" data-r="list_item" style="{shape}">'
            f'<span class="mk" style="width:{width:.2f}em">{mark}</span>{lead}{self.inline(text)}</div>'
        )

    def references(self, count: int) -> str:
        style, rng = self.style, self.rng
        bracketed = style.seed % 3
        shape = (
            "padding-inline-start:2.2em;text-indent:-2.2em"
            if bracketed
            else "padding-inline-start:1.5em;text-indent:-1.5em"
        )
        parts = []
        for at in range(1, count + 1):
            mark = ("", f"[{at}] ", f"{at}. ")[bracketed]
            text = f"{self.writer.name()}, {self.writer.name()}: {self.writer.title(4, 9)}. "
            text += f"<i>{escape(self.writer.phrase(2, 5))}</i>, {rng.randint(1, 90)}({rng.randint(1, 12)}), {rng.randint(1970, 2024)}."
            parts.append(
                f'<div class="li" data-r="list_item" style="font-size:{style.small:.2f}em;{shape}">{mark}{text}</div>'
            )
        return "".join(parts)

    def footnote(self, *, star: bool = False) -> str:
        self.notes += 1
        mark = "*" if star else str(self.notes)
        form = self.rng.choice((f"<sup>{mark}</sup>", f"<sup>{mark}</sup> ", f"{mark} ", f"{mark}) "))
        text = self.inline(self.writer.text(self.rng.choice((1, 1, 1, 2, 3))))
        return f'<div class="fn" data-r="footnote">{form}{text}</div>'

    def caption(self, kind: str) -> str:
        if kind == "figure":
            self.figures += 1
        else:
            self.tables += 1
        number = self.figures if kind == "figure" else self.tables
        labels = self.writer.language.figure if kind == "figure" else self.writer.language.table
        label = labels[self.style.seed % len(labels)]
        sign = (
            str(number)
            if self.style.seed % 4
            else f"{self.style.seed % 9 + 1}{'.-'[self.style.seed % 2]}{number}"
        )
        text = (
            self.writer.phrase(2, 12) if self.rng.random() < 0.6 else self.writer.text(self.rng.randint(1, 3))
        )
        close = "]" if label.startswith("[") else ">" if label.startswith("<") else ""
        label = f"{label} {sign}{close}{self.style.caption_mark}"
        if self.rng.random() < 0.06:
            return f'<div class="cap" data-r="caption">{escape(text)}</div>'
        opened = f"<b>{escape(label)}</b>" if self.style.seed % 2 else escape(label)
        return f'<div class="cap" data-r="caption">{opened} {self.inline(text)}</div>'

    def figure(self, width: int) -> str:
        wide = int(width * self.rng.uniform(0.35, 1.0))
        high = int(wide * self.rng.uniform(0.3, 0.9))
        inner = (chart if self.rng.random() < 0.6 else photograph)(self.rng, self.writer, wide, high)
        picture = f'<div data-r="picture" data-box="1" style="width:{wide}px;margin:auto">{inner}</div>'
        if self.rng.random() < 0.15:
            return f'<div class="fig">{picture}</div>'
        parts = [picture, self.caption("figure")]
        if self.rng.random() < 0.06:
            parts.reverse()
        return f'<div class="fig">{"".join(parts)}</div>'

    def table(self, rows: int | None = None) -> str:
        rng = self.rng
        columns = rng.randint(2, 7 if self.style.columns == 1 else 4)
        count = rows or rng.randint(2, 14)
        numeric = [at > 0 and rng.random() < 0.65 for at in range(columns)]
        wordy = rng.random() < 0.3
        head = "".join(
            f"<th {self._cell('th', 0)}>{escape(self.writer.phrase(1, 3))}</th>" for _ in range(columns)
        )
        lines = [f"<tr>{head}</tr>"] if rng.random() < 0.9 else []
        if rng.random() < 0.15:
            lines.insert(
                0,
                f'<tr><th></th><th colspan="{columns - 1}" {self._cell("th", 0)}>{escape(self.writer.phrase(1, 3))}</th></tr>',
            )
        for at in range(count):
            if rng.random() < 0.03:
                lines.append(
                    f'<tr><td colspan="{columns}" {self._cell("td", at)}><b>{escape(self.writer.phrase(1, 4))}</b></td></tr>'
                )
            cells = "".join(self._filled(kind, at, wordy=wordy) for kind in numeric)
            lines.append(f"<tr>{cells}</tr>")
        width = rng.choice(("width:100%", "", "width:80%"))
        frame = "border:1px solid #333" if self.style.table in {"ruled", "framed"} else ""
        if self.style.table == "booktabs":
            frame = "border-top:1.5px solid;border-bottom:1.5px solid"
        body = f'<table data-r="table" data-box="1" style="{width};{frame}">{"".join(lines)}</table>'
        if rng.random() < 0.2:
            return body
        note = ""
        if rng.random() < 0.12:
            mark = rng.choice(("* ", "Note: ", "Source: ", "※ ", "a ", "<sup>1</sup> "))
            note = f'<div class="fn" data-r="footnote">{mark}{escape(self.writer.sentence())}</div>'
        parts = [self.caption("table"), body] if self.style.caption_above else [body, self.caption("table")]
        return f'<div style="break-inside:avoid">{"".join(parts)}{note}</div>'

    def _filled(self, numeric: bool, row: int, *, wordy: bool) -> str:
        rng = self.rng
        if rng.random() < 0.06:
            text = ""
        elif numeric:
            text = self.writer.number() + rng.choice(("", "", "", " %", " €", " ± 0.2"))
        else:
            text = escape(self.writer.text(1) if wordy and rng.random() < 0.5 else self.writer.phrase(1, 4))
        return f"<td {self._cell('td', row)}{' align=right' if numeric else ''}>{text}</td>"

    def _cell(self, tag: str, row: int) -> str:
        kind = self.style.table
        shape = {
            "ruled": "border:1px solid #333",
            "zebra": "background:#eee" if row % 2 else "",
            "horizontal": "border-bottom:1px solid #999",
        }.get(kind, "")
        if tag == "th" and kind in {"booktabs", "head", "framed"}:
            shape += ";border-bottom:1px solid #000"
        if tag == "th" and self.style.seed % 5 == 0:
            shape += ";background:#cdd7e6"
        return f'style="{shape}"'

    def code(self, lines: int | None = None) -> str:
        rng = self.rng
        count = lines or rng.randint(1, 18)
        words = [word for word in self.writer.vocabulary if word.isascii()][:60] or [
            "value",
            "run",
            "file",
            "node",
        ]
        text = "\n".join(
            rng.choice(_CODE).format(
                w=rng.choice(words), v=rng.choice(words), x=rng.choice(words), n=rng.randint(0, 99)
            )
            for _ in range(count)
        ).strip("\n")
        if rng.random() < 0.15:
            text = "\n".join(f"{at:>3}  {line}" for at, line in enumerate(text.split("\n"), 1))
        block = f'<pre data-r="code" dir="ltr">{escape(text) or "run"}</pre>'
        if rng.random() < 0.2:
            label = rng.choice(("Listing", "Example", "Code", "Algorithm"))
            title = f'<div class="cap" data-r="caption">{label} {rng.randint(1, 20)}{self.style.caption_mark} {escape(self.writer.phrase(2, 7))}</div>'
            return title + block if rng.random() < 0.6 else block + title
        return block

    def callout(self) -> str:
        label = self.rng.choice(self.writer.language.notes)
        form = self.rng.choice(
            (f"<b>{label}:</b> ", f"<b>{label}</b><br>", f"{label}: ", f"<b>{label.upper()}</b> ")
        )
        text = self.inline(self.writer.text(self.rng.randint(1, 4)))
        return f'<div class="box"><div data-r="callout">{form}{text}</div></div>'

    def boxed(self) -> str:
        """A box with text of its own: a sidebar, a summary."""
        inner = self.paragraph(self.rng.randint(1, 3), extra='class="first"')
        if self.rng.random() < 0.6:
            inner = (
                f'<div data-r="heading" style="font-weight:700;margin-bottom:.3em">{escape(self.writer.title())}</div>'
                + inner
            )
        if self.rng.random() < 0.3:
            inner += self.listing(self.rng.randint(2, 4))
        paint = (
            f"background:url({picture_url(self.rng, pale=True)});background-size:100% 100%"
            if self.rng.random() < 0.3
            else "background:#eef2e6"
        )
        return f'<div class="box" style="{paint}">{inner}</div>'

    def formula(self) -> str:
        number = ""
        if self.rng.random() < 0.5:
            number = f'<span style="position:absolute;right:0;top:50%;transform:translateY(-50%)">({self.rng.randint(1, 40)})</span>'
        lines = self.rng.choices((1, 2, 3), (8, 2, 1))[0]
        body = "".join(f"<div>{formula(self.rng)}</div>" for _ in range(lines))
        return f'<div data-r="formula" dir="ltr" style="position:relative;text-align:center;margin:.6em 0">{body}{number}</div>'

    def contents(self, entries: int) -> str:
        rng = self.rng
        page = 1
        dotted = self.style.seed % 3
        parts = []
        for at in range(entries):
            page += rng.randint(0, 6)
            depth = rng.choice((0, 1, 1, 2))
            number = (
                ".".join(str(rng.randint(1, 9)) for _ in range(depth + 1)) if self.style.numbering else ""
            )
            title = escape(self.writer.title(1, 7))
            leader = (
                '<span style="flex:1;overflow:hidden;white-space:nowrap">' + " ." * 160 + "</span>"
                if dotted
                else '<span style="flex:1"></span>'
            )
            weight = "700" if depth == 0 and self.style.seed % 2 else "400"
            parts.append(
                f'<div style="display:flex;font-weight:{weight};padding-inline-start:{depth * 1.4}em">'
                f"<span>{number} {title}</span>{leader}<span>&nbsp;{page}</span></div>"
            )
            del at
        return f'<div data-r="contents" data-box="1">{"".join(parts)}</div>'
