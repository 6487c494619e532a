"""What a made-up statement says, before it is written: its layout, its bookings, its words."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks.accuracy.fields.generated.locales import Place, write_date, write_money
from benchmarks.accuracy.fields.generated.statement_words import SHOPS, WORDS

_SHORT = {"dmy": ("{dd}.{mm}.", "{dd}/{mm}", "{dd} {mon}", "{dd}.{mm}"), "mdy": ("{mm}/{dd}", "{mon} {dd}")}


@dataclass(slots=True)
class Booking:
    day: date
    cents: int
    lines: list[str]
    value: date | None = None
    reference: str | None = None
    balance: int | None = None


@dataclass(slots=True)
class Plan:
    """All that is decided before a line is written."""

    random: Random
    place: Place
    layout: str
    words: dict[str, str]
    day_form: str
    row_form: str
    bookings: list[Booking]
    opening: int
    start: date
    end: date
    bare: bool = False
    """No heads over the columns."""
    truth: dict[str, Any] = field(default_factory=dict)

    @property
    def closing(self) -> int:
        return self.opening + sum(booking.cents for booking in self.bookings)

    def day(self, day: date) -> str:
        return write_date(day, self.day_form, self.place.language)

    def row_day(self, day: date) -> str:
        return write_date(day, self.row_form, self.place.language)

    def money(self, cents: int, *, plus: bool = False) -> str:
        return write_money(cents, self.place, plus=plus)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    """date, value, description, reference, debit, credit, amount, mark, balance."""
    x: float
    """Share of the width between the margins: where it starts, or ends where `right`."""
    right: bool = False


LAYOUTS: dict[str, tuple[Column, ...]] = {
    "two_amounts_balance": (Column("date", 0), Column("description", 0.14), Column("debit", 0.66, True), Column("credit", 0.83, True), Column("balance", 1, True)),
    "two_dates_signed_balance": (Column("date", 0), Column("value", 0.13), Column("description", 0.26), Column("amount", 0.82, True), Column("balance", 1, True)),
    "marked_amounts": (Column("date", 0), Column("value", 0.13), Column("description", 0.28), Column("marked", 1, True)),
    "trailing_sign": (Column("date", 0), Column("description", 0.15), Column("value", 0.7), Column("trailing", 1, True)),
    "reference_two_amounts": (Column("date", 0), Column("description", 0.13), Column("reference", 0.47), Column("debit", 0.7, True), Column("credit", 0.85, True), Column("balance", 1, True)),
    "day_once_balance": (Column("date", 0), Column("description", 0.16), Column("debit", 0.68, True), Column("credit", 0.84, True), Column("balance", 1, True)),
    "two_amounts": (Column("date", 0), Column("value", 0.12), Column("description", 0.24), Column("debit", 0.82, True), Column("credit", 1, True)),
    "sections": (Column("date", 0), Column("description", 0.16), Column("plain", 1, True)),
    "marked_balance": (Column("date", 0), Column("description", 0.15), Column("reference", 0.5), Column("marked", 0.8, True), Column("marked_balance", 1, True)),
    "signed_only": (Column("description", 0.0), Column("date", 0.62), Column("amount", 1, True)),
    "credit_first": (Column("date", 0), Column("description", 0.14), Column("credit", 0.66, True), Column("debit", 0.83, True), Column("balance", 1, True)),
    "mark_column": (Column("date", 0), Column("description", 0.14), Column("mark", 0.6), Column("plain", 0.82, True), Column("balance", 1, True)),
    "mark_column_alone": (Column("date", 0), Column("value", 0.13), Column("description", 0.27), Column("mark", 0.78), Column("plain", 1, True)),
    "mark_before": (Column("date", 0), Column("description", 0.15), Column("marked_before", 0.8, True), Column("balance", 1, True)),
    "balance_before_text": (Column("date", 0), Column("amount", 0.3, True), Column("balance", 0.5, True), Column("description", 0.55)),
}  # fmt: skip
HELD_OUT = ("reference_two_amounts", "trailing_sign", "signed_only", "balance_before_text")
"""Not looked at while the rules are tuned."""
BARE = (
    "two_amounts_balance",
    "two_dates_signed_balance",
    "credit_first",
    "mark_before",
    "two_amounts",
    "marked_amounts",
)
"""Layouts that are understood without heads over their columns."""


def plan_statement(random: Random, place: Place, layout: str, count: int | None) -> Plan:
    words = {
        name: random.choice(ways)
        for name, ways in WORDS[place.language].items()
        if name not in {"out", "in", "more", "types"}
    }
    start = date(random.randint(2019, 2025), random.randint(1, 12), 1)
    end = (start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if random.random() < 0.25:
        start, end = start + timedelta(days=14), end + timedelta(days=15)
    day_form = random.choice(place.dates)
    long = "{month}" if not any(column.name == "value" for column in LAYOUTS[layout]) else "{mon"
    forms = [form for form in place.dates if long not in form]
    row_form = random.choice(forms)
    if random.random() < 0.35 and layout != "signed_only" and place.dates[0][:2] != "{y":
        order = "mdy" if place.tag == "en-US" else "dmy"
        row_form = random.choice(_SHORT[order])
    plan = Plan(
        random,
        place,
        layout,
        words,
        day_form,
        row_form,
        [],
        random.randint(-80_000, 900_000) * (1 if place.cents else 100),
        start,
        end,
    )
    if random.random() < 0.4 and "mark" in layout and "+" not in words["plus"]:
        signs = random.choice((("+", "-"), ("C", "D"), ("CR", "DR")))
        words["plus"], words["minus"] = signs
    plan.bare = layout in BARE and random.random() < 0.25
    _book(plan, count or random.choice((6, 12, 18, 30, 55, 90)))
    return plan


def _book(plan: Plan, count: int) -> None:
    random, place = plan.random, plan.place
    wordy = random.choice((0.0, 0.3, 0.8))
    days = sorted(random.randint(0, (plan.end - plan.start).days) for _ in range(count))
    balance = plan.opening
    for offset in days:
        out = random.random() < 0.68
        cents = random.choice(
            (random.randint(100, 9_999), random.randint(1_000, 80_000), random.randint(50_000, 450_000))
        )
        text = random.choice(WORDS[place.language]["out" if out else "in"])
        lines = [_filled(text, plan)]
        while random.random() < wordy and len(lines) < 4:
            lines.append(_filled(random.choice(WORDS[place.language]["more"]), plan))
        day = plan.start + timedelta(days=offset)
        cents = cents if place.cents else cents * 100
        balance += -cents if out else cents
        value = min(plan.end, max(plan.start, day + timedelta(days=random.choice((0, 0, 1, -1)))))
        plan.bookings.append(
            Booking(
                day, -cents if out else cents, lines, value, f"{random.randint(10**5, 10**6 - 1)}", balance
            )
        )
    if plan.layout == "sections":
        plan.bookings.sort(key=lambda booking: (booking.cents < 0, booking.day))
    if plan.layout == "day_once_balance":
        for booking, after in zip(plan.bookings, plan.bookings[1:], strict=False):
            if after.day == booking.day:
                booking.balance = None


def _filled(text: str, plan: Plan) -> str:
    random, place = plan.random, plan.place
    day = plan.start + timedelta(days=random.randint(0, 20))
    return text.format(
        shop=random.choice(SHOPS), person=random.choice(place.people), company=random.choice(place.companies), city=random.choice(place.cities)[1].strip(","),
        ref=f"{random.choice('ABKRX')}{random.choice('CFTVZ')}-{random.randint(10**6, 10**8)}", n3=random.randint(100, 999), dm=f"{day.day:02}/{day.month:02}",
    )  # fmt: skip


def record_bookings(plan: Plan) -> None:
    """The bookings and balances as the layout shows them, into the truth."""
    names = {column.name for column in LAYOUTS[plan.layout]}
    plan.truth |= {"opening_balance": plan.opening / 100, "closing_balance": plan.closing / 100}
    rows = []
    for booking in plan.bookings:
        row: dict[str, Any] = {
            "date": booking.day.isoformat(),
            "description": " ".join(booking.lines),
            "amount": booking.cents / 100,
            "debit" if booking.cents < 0 else "credit": abs(booking.cents) / 100,
        }
        if "value" in names and booking.value:
            row["value_date"] = booking.value.isoformat()
        if "reference" in names and booking.reference:
            row["reference"] = booking.reference
        if names & {"balance", "marked_balance"} and booking.balance is not None:
            row["balance"] = booking.balance / 100
        rows.append(row)
    plan.truth["transactions"] = rows
