"""What one invoice says, before it is laid out, and the truth about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from benchmarks.accuracy.fields.generated.invoice_words import WORDS, Words
from benchmarks.accuracy.fields.generated.locales import Place, iban, write_date, write_money
from octavo.domain.field import nest

_RATES = {"GB": (20, 5), "US": (8.25,), "IN": (18, 5), "DE": (19, 7), "CH": (8.1, 2.6), "FR": (20, 5.5), "ES": (21, 10), "IT": (22, 10),
          "PT": (23, 6), "BR": (17,), "NL": (21, 9), "PL": (23, 8), "SE": (25, 12)}  # fmt: skip


@dataclass(slots=True)
class Line:
    description: str
    more: str
    sku: str
    quantity: Decimal
    unit: str
    price: Decimal
    discount: int
    rate: float
    amount: Decimal


@dataclass(slots=True)
class Party:
    name: str
    street: str
    code: str
    city: str
    state: str
    place_line: str
    tax_id: str
    email: str
    phone: str
    iban: str


@dataclass(slots=True)
class Invoice:
    """What one invoice says, before it is laid out."""

    place: Place
    words: Words
    random: Random
    number: str
    issued: date
    due: date
    order: str
    customer: str
    seller: Party
    buyer: Party
    lines: list[Line]
    form: str
    columns: list[str]
    truth: dict[str, Any] = field(default_factory=dict)

    def money(self, value: Decimal) -> str:
        return write_money(int((value * 100).to_integral_value(ROUND_HALF_UP)), self.place)

    def day(self, day: date) -> str:
        return write_date(day, self.form, self.place.language)

    def number_text(self, value: Decimal) -> str:
        text = f"{value.normalize():f}"
        return text.replace(".", self.place.decimal)

    def rate_text(self, rate: float) -> str:
        return f"{rate:g}".replace(".", self.place.decimal) + (
            " %" if self.place.language in ("de", "fr", "sv") else "%"
        )

    def pick(self, options: Sequence[str]) -> str:
        return self.random.choice(options)

    @property
    def net(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def taxes(self) -> list[tuple[float, Decimal, Decimal]]:
        found = []
        for rate in sorted({line.rate for line in self.lines}):
            base = sum((line.amount for line in self.lines if line.rate == rate), Decimal(0))
            found.append((rate, base, _cents(base * Decimal(str(rate)) / 100)))
        return found


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def draft_invoice(place: Place, random: Random) -> Invoice:
    words = WORDS[place.language]
    issued = date(2019, 1, 1) + timedelta(days=random.randint(0, 2500))
    names = list(place.companies)
    random.shuffle(names)
    seller, buyer = _party(names[0], place, random), _party(names[1], place, random)
    columns = ["description", "quantity", "unit_price", "amount"]
    if random.random() < 0.5:
        columns.insert(0, "position")
    if random.random() < 0.5:
        columns.insert(columns.index("description"), "sku")
    if random.random() < 0.4:
        columns.insert(columns.index("quantity") + 1, "unit")
    if random.random() < 0.5:
        columns.insert(columns.index("amount"), "tax_rate")
    discounts = random.random() < 0.2
    if discounts:
        columns.insert(columns.index("unit_price") + 1, "discount")
    if random.random() < 0.15:
        columns.remove("quantity")
        columns.insert(0, "quantity")
    rates = _RATES[place.country][: 1 if random.random() < 0.6 else 2]
    lines = [
        _line(words, random, rates, discounts=discounts)
        for _ in range(random.choice((1, 2, 3, 4, 6, 9, 14, 30)))
    ]
    number = random.choice(
        ("{y}-{n:04}", "RE{n:06}", "INV-{n:05}", "{n:07}", "F{y}/{n:03}", "{y}{n:05}")
    ).format(y=issued.year, n=random.randint(1, 99999))
    return Invoice(place, words, random, number, issued, issued + timedelta(days=random.choice((14, 30, 45))), f"PO-{random.randint(1000, 99999)}",
                   f"{random.randint(10000, 99999)}", seller, buyer, lines, random.choice(place.dates), columns)  # fmt: skip


def _party(name: str, place: Place, random: Random) -> Party:
    house, street = random.randint(1, 199), random.choice(place.streets)
    code, city = random.choice(place.cities)
    state = ""
    if place.country == "US":
        state, code = code.split()
        city = city.rstrip(",")
        shown = f"{city}, {state} {code}"
    elif place.country in {"GB", "IN"}:
        shown = f"{city} {code}"
    else:
        shown = f"{code} {city}"
    street = f"{house} {street}" if place.number_first else f"{street} {house}"
    domain = (
        "".join(char for char in name.split(maxsplit=1)[0].lower() if char.isascii() and char.isalpha())
        or "firma"
    )
    return Party(name, street, code, city, state, shown, _tax_id(place, random), f"info@{domain}.example", f"+{_CODES[place.country]} {random.randint(20, 89)} {random.randint(1000000, 9999999)}",
                 iban(place.country, random))  # fmt: skip


_CODES = {
    "GB": 44,
    "US": 1,
    "IN": 91,
    "DE": 49,
    "CH": 41,
    "FR": 33,
    "ES": 34,
    "IT": 39,
    "PT": 351,
    "BR": 55,
    "NL": 31,
    "PL": 48,
    "SE": 46,
}


def _tax_id(place: Place, random: Random) -> str:
    """In the form of the country; check digits are left to chance, as in specimens."""
    digits = f"{random.randint(10**8, 10**9 - 1)}"
    forms = {"GB": f"GB{digits}", "DE": f"DE{digits}", "FR": f"FR{random.randint(10, 99)}{digits}", "ES": f"B{digits[:8]}", "IT": f"IT{digits}{random.randint(10, 99)}",
             "PT": f"PT{digits}", "NL": f"NL{digits}B01", "PL": f"{digits}0", "CH": f"CHE-{digits[:3]}.{digits[3:6]}.{digits[6:]}", "SE": f"SE{digits}001"}  # fmt: skip
    return forms.get(place.country, "")


def _line(words: Words, random: Random, rates: Sequence[float], *, discounts: bool) -> Line:
    quantity = Decimal(random.choice(("1", "2", "3", "5", "10", "12", "25", "120", "0.5", "2.5", "7.25")))
    price = _cents(
        Decimal(random.choice((random.uniform(0.5, 20), random.uniform(20, 300), random.uniform(300, 4000))))
    )
    discount = random.choice((0, 5, 10)) if discounts else 0
    amount = _cents(quantity * price * (100 - discount) / 100)
    return Line(random.choice(words.goods), random.choice(words.more) if random.random() < 0.25 else "", f"{random.choice('ABKT')}{random.randint(1000, 99999)}", quantity,
                random.choice(words.units), price, discount, random.choice(rates), amount)  # fmt: skip


def truth_of(invoice: Invoice) -> dict[str, Any]:
    tax = sum((one[2] for one in invoice.taxes), Decimal(0))
    base = {
        "invoice_number": invoice.number,
        "invoice_date": invoice.issued.isoformat(),
        "subtotal": float(invoice.net),
        "tax_total": float(tax),
        "total": float(invoice.net + tax),
    }
    for role, party in (("seller", invoice.seller), ("buyer", invoice.buyer)):
        base |= {
            f"{role}.name": party.name,
            f"{role}.street": party.street,
            f"{role}.postal_code": party.code,
            f"{role}.city": party.city,
        }
    for index, line in enumerate(invoice.lines):
        at = f"line_items.{index}"
        base |= {
            f"{at}.description": line.description,
            f"{at}.quantity": float(line.quantity),
            f"{at}.unit_price": float(line.price),
            f"{at}.amount": float(line.amount),
        }
    return nest((base | invoice.truth).items())
