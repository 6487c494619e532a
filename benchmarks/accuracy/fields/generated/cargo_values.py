"""Values for made-up cargo papers, each with how its paper writes it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks.accuracy.fields.generated.cargo_words import (
    DECLARED,
    FREIGHT,
    GOODS,
    LABELS,
    ORIGIN,
    ORIGIN_CODES,
)
from benchmarks.accuracy.fields.generated.locales import Place, write_date, write_money

_PORTS = (
    "Hamburg",
    "Rotterdam",
    "Antwerp",
    "Valencia",
    "Genova",
    "Le Havre",
    "Felixstowe",
    "Shanghai",
    "Singapore",
    "Santos",
    "New York",
    "Nhava Sheva",
    "Leixões",
)
_AIRPORTS = (
    ("Frankfurt", "FRA"),
    ("Amsterdam", "AMS"),
    ("Madrid", "MAD"),
    ("Milano Malpensa", "MXP"),
    ("Lisboa", "LIS"),
    ("Hong Kong", "HKG"),
    ("Chicago O'Hare", "ORD"),
    ("London Heathrow", "LHR"),
)
_SHIPS = ("MSC AURELIA", "EVER BRIGHT", "MAERSK NORDKAP", "CMA CGM ORION", "HANSA STAVANGER", "COSCO HARMONY")


@dataclass(slots=True)
class CargoPlan:
    random: Random
    place: Place
    kind: str
    style: str
    day_form: str
    day: date
    truth: dict[str, Any] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)

    def label(self, name: str) -> str:
        return self.random.choice(LABELS[self.place.language][name])


def written_number(value: float, plan: CargoPlan, decimals: int) -> str:
    cents = write_money(round(value * 100), plan.place)
    return cents if decimals == 2 else cents[:-3] if decimals == 0 else cents[:-1]


def value_of(name: str, plan: CargoPlan) -> tuple[Any, str]:
    random, place, language = plan.random, plan.place, plan.place.language
    if "date" in name:
        day = plan.day + timedelta(days=random.randint(0, 9))
        return day.isoformat(), write_date(day, plan.day_form, language)
    measured = _measured(name, plan)
    if measured is not None:
        return measured
    simple: dict[str, tuple[Any, str]] = {}
    count = random.randint(2, 960)
    goods, origin = random.choice(GOODS[language]), random.choice(ORIGIN[language])
    declared, paid = random.choice(("import", "export", "transit")), random.choice(("prepaid", "collect"))
    rate = random.choice((2.5, 4.0, 6.5, 12.0))
    serial = random.randint(10**6, 10**7 - 1)
    airline = random.choice(("020", "074", "176", "125"))
    awb = f"{airline}{serial}{serial % 7}"
    hs = f"{random.randint(1000, 9999)}.{random.randint(10, 99)}.{random.randint(10, 99)}"
    originals = random.choice((1, 3))
    simple = {
        "goods_description": (goods, goods),
        "country_of_origin": (ORIGIN_CODES[origin], origin),
        "country_of_destination": (ORIGIN_CODES[origin], origin),
        "declaration_type": (declared, DECLARED[language][declared]),
        "freight_terms": (paid, FREIGHT[language][paid]),
        "duty_rate": (rate, f"{str(rate).replace('.', place.decimal)} %"),
        "awb_number": (
            awb,
            random.choice(
                (f"{awb[:3]}-{awb[3:7]} {awb[7:]}", f"{awb[:3]}-{awb[3:]}", f"{awb[:3]} {awb[3:]}")
            ),
        ),
        "hs_code": (hs, hs),
        "package_count": (count, f"{count}"),
        "pieces": (count, f"{count}"),
        "currency": (place.currency, place.currency),
        "vessel": (ship := random.choice(_SHIPS), ship),
        "voyage_number": (voyage := f"{random.randint(100, 999)}{random.choice('NSEW')}", voyage),
        "flight_number": (
            flight := f"{random.choice(('LH', 'KL', 'IB', 'AZ'))}{random.randint(100, 9999)}",
            flight,
        ),
        "number_of_originals": (
            originals,
            f"{originals} / {('ONE', 'TWO', 'THREE')[originals - 1]}"
            if random.random() < 0.4
            else f"{originals}",
        ),
        "procedure_code": (procedure := random.choice(("4000", "1000", "4200", "3100")), procedure),
        "incoterm": (term := f"{random.choice(('FOB', 'CIF', 'DAP', 'FCA'))} {random.choice(_PORTS)}", term),
        "customs_office": (office := f"{random.choice(_PORTS)} {random.choice(('Port', 'Airport'))}", office),
        "issuing_authority": (
            chamber
            := f"{random.choice(('Chamber of Commerce', 'IHK', 'CCI'))} {random.choice(place.cities)[1].strip(',')}",
            chamber,
        ),
        "transport_details": (way := f"By sea, {random.choice(_PORTS)} - {random.choice(_PORTS)}", way),
    }
    if name in simple:
        return simple[name]
    number = f"{''.join(random.choice('ABCDEFGHKLMNPRSTUVWX') for _ in range(random.choice((2, 3, 4))))}{random.choice(('', '-', '/'))}{random.randint(10**5, 10**9)}"
    return number, number


def _measured(name: str, plan: CargoPlan) -> tuple[Any, str] | None:
    random, place = plan.random, plan.place
    if name in {
        "port_of_loading",
        "port_of_discharge",
        "place_of_receipt",
        "place_of_delivery",
        "place_of_issue",
    }:
        port = random.choice(_PORTS)
        return port, port
    if name in {"origin", "destination"}:
        airport, code = random.choice(_AIRPORTS)
        return code, f"{airport} ({code})"
    if name in {"gross_weight", "net_weight", "chargeable_weight"}:
        value = random.randint(200, 240_000) / 10
        return value, written_number(value, plan, 1) + random.choice((" kg", " KGS", " KG"))
    if name == "volume":
        value = random.randint(10, 6800) / 100
        return value, f"{written_number(value, plan, 2)} {random.choice(('m³', 'CBM', 'm3'))}"
    if name in {"value", "declared_value", "duty_amount", "tax_amount"}:
        cents = random.randint(10_000, 9_000_000)
        return cents / 100, write_money(cents, place)
    return None
