"""Bank statements: many banks' layouts, in the notation of many places, one page to many."""

from collections.abc import Callable
from datetime import date
from random import Random

from benchmarks.accuracy.fields.generated.locales import PLACES, WITHOUT_CENTS, address, iban
from benchmarks.accuracy.fields.generated.paper import Made, Sheet, faces
from benchmarks.accuracy.fields.generated.statement_plan import (
    HELD_OUT,
    LAYOUTS,
    Booking,
    Column,
    Plan,
    plan_statement,
    record_bookings,
)
from benchmarks.accuracy.fields.generated.statement_words import WORDS

__all__ = ["HELD_OUT", "LAYOUTS", "make_statement"]


def make_statement(
    seed: int, *, tag: str | None = None, layout: str | None = None, count: int | None = None
) -> Made:
    """The same seed makes the same document."""
    random = Random(seed)
    places = PLACES + WITHOUT_CENTS
    place = next(p for p in places if p.tag == tag) if tag else random.choice(places)
    plan = plan_statement(random, place, layout or random.choice(list(LAYOUTS)), count)
    sheet = Sheet(random, place.letter, random.choice((8.0, 8.5, 9.0, 9.5)), random.choice(faces()))
    if sheet.face.mono:
        sheet.size = 7.5
    StatementWriter(sheet, plan).write()
    name = f"statement_{seed:04}_{place.tag}_{plan.layout}"
    return Made(name, "bank_statement", sheet.finish(), plan.truth, place.language, plan.layout)


class StatementWriter:
    def __init__(self, sheet: Sheet, plan: Plan) -> None:
        self._sheet, self._plan, self._random = sheet, plan, plan.random
        self._left, self._right = self._random.choice(((40, 40), (56, 48), (70, 50)))
        self._step = sheet.size * self._random.choice((1.3, 1.45, 1.7))
        self._between = self._random.choice((0.0, 2.0, 5.0))
        self._columns = LAYOUTS[plan.layout]
        names = {column.name for column in self._columns}
        self._in_table = self._random.random() < 0.6 and plan.layout not in {"sections", "signed_only"}
        self._summary = not self._in_table or self._random.random() < 0.5
        self._carries = (
            self._random.random() < 0.4 and ("balance" in names) and plan.layout != "balance_before_text"
        )
        self._look = self._random.choice(("lines", "plain", "zebra", "grid", "head"))
        self._upper_heads = self._random.random() < 0.2
        self._y = 0.0

    def _at(self, column: Column) -> float:
        return self._left + self._inner * column.x

    @property
    def _inner(self) -> float:
        return self._sheet.width - self._left - self._right

    def write(self) -> None:
        self._head()
        self._table()
        self._foot()
        record_bookings(self._plan)

    def _head(self) -> None:
        sheet, plan, random = self._sheet, self._plan, self._random
        bank, holder = (
            random.choice(plan.place.banks),
            random.choice(plan.place.people + plan.place.companies),
        )
        plan.truth |= {"bank_name": bank, "account_holder": holder}
        if random.random() < 0.3:
            sheet.colour_bar(0, 14, random.choice(((0.1, 0.25, 0.5), (0.5, 0.1, 0.15), (0.05, 0.4, 0.3))))
        self._y = 52
        at_right = random.random() < 0.5
        sheet.text(
            sheet.width - self._right if at_right else self._left,
            self._y,
            bank,
            bold=True,
            size=15,
            right=at_right,
        )
        self._y += 34
        street, city = address(plan.place, random)
        for line in (holder, street, city):
            sheet.text(self._left, self._y, line)
            self._y += sheet.size * 1.3
        self._y += 22
        title = plan.words["title"].format(no=random.randint(1, 12))
        sheet.text(self._left, self._y, title, bold=True, size=13)
        self._y += 24
        self._facts()
        if self._summary:
            self._summary_box()
        self._y += 14

    def _facts(self) -> None:
        plan, random = self._plan, self._random
        rows: list[tuple[str, str]] = []
        number = iban(plan.place.country, random)
        if number and plan.place.country not in {"US", "IN", "BR", "JP", "KR"}:
            shown = (
                " ".join(number[i : i + 4] for i in range(0, len(number), 4))
                if random.random() < 0.7
                else number
            )
            rows.append((plan.words["iban"], shown))
            plan.truth["iban"] = number
        else:
            account = f"{random.randint(10**8, 10**11)}"
            rows.append((plan.words["account"], account))
            plan.truth["account_number"] = account
        rows.append((plan.words["period"], f"{plan.day(plan.start)} {plan.words['to']} {plan.day(plan.end)}"))
        plan.truth |= {"period_start": plan.start.isoformat(), "period_end": plan.end.isoformat()}
        if random.random() < 0.5:
            rows.append((plan.words["currency"], plan.place.currency))
            plan.truth["currency"] = plan.place.currency
        if random.random() < 0.5 and "{no}" not in plan.words["title"]:
            no = f"{random.randint(1, 12)}/{plan.end.year}"
            rows.append((plan.words["number"], no))
            plan.truth["statement_number"] = no
        if random.random() < 0.4:
            kind = random.choice(WORDS[plan.place.language]["types"])
            rows.append((plan.words["type"], kind))
            plan.truth["account_type"] = kind
        if random.random() < 0.5:
            rows.append((plan.words["holder"], plan.truth["account_holder"]))
        self._pairs(rows)

    def _pairs(self, rows: list[tuple[str, str]]) -> None:
        """Label and value: beside each other with or without colon, or in two columns, or stacked."""
        sheet, style = self._sheet, self._random.choice(("colon", "apart", "stacked", "right"))
        if style == "stacked":
            widest = max(sheet.measure(value, bold=True) for _, value in rows) + 12
            across = max(1, min(3, int(self._inner / widest)))
            width = self._inner / across
            for index, (label, value) in enumerate(rows):
                x, y = (
                    self._left + width * (index % across),
                    self._y + (index // across) * self._sheet.size * 3.4,
                )
                sheet.text(x, y, label, size=sheet.size - 1.5, grey=0.35)
                sheet.text(x, y + sheet.size * 1.3, value, bold=True)
            self._y += ((len(rows) - 1) // across + 1) * sheet.size * 3.4
            return
        x = self._left + (self._inner * 0.5 if style == "right" else 0)
        for label, value in rows:
            if style == "colon":
                sheet.text(x, self._y, f"{label}: {value}")
            else:
                sheet.text(x, self._y, label)
                sheet.text(x + self._inner * 0.24, self._y, value)
            self._y += sheet.size * 1.45

    def _summary_box(self) -> None:
        plan, sheet = self._plan, self._sheet
        came = sum(b.cents for b in plan.bookings if b.cents > 0)
        went = -sum(b.cents for b in plan.bookings if b.cents < 0)
        rows = [(plan.words["opening"], plan.money(plan.opening))]
        if self._random.random() < 0.7:
            rows += [(plan.words["credits"], plan.money(came)), (plan.words["debits"], plan.money(went))]
            plan.truth |= {"total_credits": came / 100, "total_debits": went / 100}
        rows.append((plan.words["closing"], plan.money(plan.closing)))
        self._y += 8
        if self._random.random() < 0.5:
            for label, value in rows:
                sheet.text(self._left, self._y, label.format(start=plan.day(plan.start)))
                sheet.text(
                    self._left + self._inner * 0.55, self._y, value, right=True, bold=label == rows[-1][0]
                )
                self._y += sheet.size * 1.5
            return
        width = self._inner / len(rows)
        sheet.box(
            self._left,
            self._y - sheet.size - 4,
            self._left + self._inner,
            self._y + sheet.size * 2.2,
            fill=0.95,
        )
        for index, (label, value) in enumerate(rows):
            sheet.text(
                self._left + width * index + 5,
                self._y,
                label.format(start=plan.day(plan.start)),
                size=sheet.size - 1.5,
            )
            sheet.text(self._left + width * index + 5, self._y + sheet.size * 1.5, value, bold=True)
        self._y += sheet.size * 3.5

    def _table(self) -> None:
        plan = self._plan
        if plan.layout == "sections":
            self._sections()
            return
        self._heads()
        if self._in_table:
            self._balance_row(
                plan.words["opening"].format(start=plan.day(plan.start)), plan.opening, plan.start
            )
        shown: date | None = None
        for index, booking in enumerate(plan.bookings):
            if self._y + self._step * len(booking.lines) > self._sheet.height - 80:
                self._turn(plan.bookings[index - 1].balance if index else plan.opening)
                shown = None
            once = plan.layout == "day_once_balance"
            self._row(booking, index, with_day=not once or booking.day != shown)
            shown = booking.day
        if self._in_table:
            self._balance_row(plan.words["closing"], plan.closing, plan.end)

    def _sections(self) -> None:
        plan = self._plan
        for word, wanted in (("deposits", 1), ("withdrawals", -1)):
            chosen = [b for b in plan.bookings if (b.cents > 0) == (wanted > 0)]
            if not chosen:
                continue
            if self._y > self._sheet.height - 150:
                self._turn(None, heads=False)
            self._sheet.text(self._left, self._y, plan.words[word], bold=True, size=self._sheet.size + 2)
            self._y += self._step * 1.3
            self._heads()
            for index, booking in enumerate(chosen):
                if self._y + self._step * len(booking.lines) > self._sheet.height - 80:
                    self._turn(None)
                self._row(booking, index, with_day=True)
            total = abs(sum(b.cents for b in chosen))
            plan.truth["total_credits" if wanted > 0 else "total_debits"] = total / 100
            self._y += 4
            self._sheet.text(self._left, self._y, f"Total {plan.words[word].lower()}", bold=True)
            self._sheet.text(self._left + self._inner, self._y, plan.money(total), right=True, bold=True)
            self._y += self._step * 2

    def _heads(self) -> None:
        names = {
            "marked": "amount",
            "trailing": "amount",
            "plain": "amount",
            "marked_balance": "balance",
            "marked_before": "amount",
        }
        if self._plan.bare:
            self._y += self._step * 0.5
            return
        if self._look in {"grid", "head", "zebra"}:
            self._sheet.box(
                self._left - 3,
                self._y - self._sheet.size - 2,
                self._left + self._inner + 3,
                self._y + 5,
                fill=0.88,
                stroke=self._look == "grid",
            )
        for column in self._columns:
            mark = f"{self._plan.words['plus']}/{self._plan.words['minus']}"
            name = names.get(column.name, column.name)
            word = mark if column.name == "mark" else self._fitting(column, name)
            self._sheet.text(
                self._at(column),
                self._y,
                word.upper() if self._upper_heads else word,
                bold=True,
                right=column.right,
                size=self._sheet.size - 0.5,
            )
        if self._look in {"lines", "plain"}:
            self._sheet.line(self._left, self._y + 4, self._left + self._inner, self._y + 4)
        self._y += self._step * 1.4

    def _fitting(self, column: Column, name: str) -> str:
        """The head as planned, or the shortest there is where that would run into the next column."""
        word = self._plan.words[name]
        starts = [
            self._at(c) - (50 if c.right else 0) for c in self._columns if self._at(c) > self._at(column)
        ]
        room = 52.0 if column.right else min(starts, default=self._sheet.width) - self._at(column) - 4
        ways = WORDS[self._plan.place.language][name]
        return word if self._sheet.measure(word.upper(), bold=True) <= room else min(ways, key=len)

    def _balance_row(self, label: str, cents: int, day: date) -> None:
        balance = next(
            (c for c in self._columns if c.name in {"balance", "marked_balance"}), self._columns[-1]
        )
        description = next(c for c in self._columns if c.name == "description")
        if self._random.random() < 0.5:
            self._cell(next(c for c in self._columns if c.name == "date"), self._plan.row_day(day))
        self._cell(description, label, bold=True)
        self._cell(
            balance,
            self._written(
                balance.name if "balance" in balance.name else self._as_amount(balance.name), cents
            ),
            bold=True,
        )
        self._y += self._step + self._between

    def _as_amount(self, name: str) -> str:
        return "amount" if name in {"debit", "credit", "plain"} else name

    def _cell(self, column: Column, text: str, *, bold: bool = False) -> None:
        self._sheet.text(self._at(column), self._y, text, right=column.right, bold=bold)

    def _written(self, name: str, cents: int) -> str:
        plan = self._plan
        if name in {"marked", "marked_balance"}:
            return f"{plan.money(abs(cents))} {plan.words['plus' if cents >= 0 else 'minus']}"
        if name == "marked_before":
            return f"{plan.words['plus' if cents >= 0 else 'minus']} {plan.money(abs(cents))}"
        if name == "trailing":
            return f"{plan.money(abs(cents))}{'+' if cents >= 0 else '-'}"
        return plan.money(abs(cents) if name in {"debit", "credit", "plain"} else cents)

    def _turn(self, balance: int | None, *, heads: bool = True) -> None:
        plan = self._plan
        if self._carries and balance is not None:
            self._balance_row(plan.words["carried"], balance, plan.end)
        self._foot()
        self._sheet.turn()
        self._y = 60
        if self._random.random() < 0.7:
            self._sheet.text(
                self._left,
                40,
                f"{plan.truth['bank_name']}  {plan.truth['account_holder']}",
                size=self._sheet.size - 1,
                grey=0.3,
            )
        if heads:
            self._heads()
        if self._carries and balance is not None:
            self._balance_row(plan.words["brought"], balance, plan.end)

    def _row(self, booking: Booking, index: int, *, with_day: bool) -> None:
        height = self._step * len(self._lines(booking)) + self._between
        if self._look == "zebra" and index % 2:
            self._sheet.box(
                self._left - 3,
                self._y - self._sheet.size - 1,
                self._left + self._inner + 3,
                self._y - self._sheet.size + height - 1,
                fill=0.95,
                stroke=False,
            )
        for column in self._columns:
            text = self._text(column.name, booking)
            if text and (with_day or column.name != "date"):
                self._cell(column, text)
        description = next(c for c in self._columns if c.name == "description")
        lines = self._lines(booking)
        for number, line in enumerate(lines):
            self._sheet.text(self._at(description), self._y + self._step * number, line)
        self._y += height
        if self._look in {"lines", "grid"}:
            y = self._y - self._sheet.size - 2
            self._sheet.line(self._left - 3, y, self._left + self._inner + 3, y, 0.3, 0.7)

    def _lines(self, booking: Booking) -> list[str]:
        after = [
            self._at(c) - (55 if c.right else 4)
            for c in self._columns
            if self._at(c) > self._at(next(d for d in self._columns if d.name == "description"))
        ]
        start = self._at(next(c for c in self._columns if c.name == "description"))
        width = min(after, default=self._left + self._inner) - start - 4
        return [part for line in booking.lines for part in self._sheet.wrapped(line, width)]

    def _text(self, name: str, booking: Booking) -> str:
        plan = self._plan
        simple: dict[str, Callable[[], str]] = {
            "date": lambda: plan.row_day(booking.day),
            "value": lambda: plan.row_day(booking.value or booking.day),
            "reference": lambda: booking.reference or "",
            "mark": lambda: plan.words["plus" if booking.cents > 0 else "minus"],
            "debit": lambda: self._written("debit", booking.cents) if booking.cents < 0 else "",
            "credit": lambda: self._written("credit", booking.cents) if booking.cents > 0 else "",
        }
        if name == "description":
            return ""
        if name in simple:
            return simple[name]()
        if "balance" in name:
            return "" if booking.balance is None else self._written(name, booking.balance)
        return self._written(name, booking.cents)

    def _foot(self) -> None:
        sheet = self._sheet
        text = self._plan.words["page"].format(n=sheet.pages, m=sheet.pages + 1)
        sheet.text(sheet.width / 2, sheet.height - 30, text, size=sheet.size - 1.5, center=True, grey=0.3)
        sheet.text(
            self._left,
            sheet.height - 42,
            f"{self._plan.truth['bank_name']} · www.example.com · 0800 555 01 23",
            size=6.5,
            grey=0.4,
        )
