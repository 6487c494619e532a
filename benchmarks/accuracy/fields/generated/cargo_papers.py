"""Papers that travel with goods, as forms of boxes, as letters and as tables, with their truth."""

from datetime import date
from random import Random
from typing import Any

from benchmarks.accuracy.fields.generated.cargo_values import CargoPlan, value_of, written_number
from benchmarks.accuracy.fields.generated.cargo_words import GOODS, LABELS
from benchmarks.accuracy.fields.generated.locales import PLACES, address
from benchmarks.accuracy.fields.generated.paper import Made, Sheet, faces
from octavo.pipeline.fields.readers.check_digits import container_digit

STYLES = ("boxes", "letter", "table", "stacked")
HELD_OUT = ("stacked",)
"""Not looked at while the rules are tuned."""
_SEA = (
    "booking_number", "vessel", "voyage_number", "place_of_receipt", "port_of_loading", "port_of_discharge", "place_of_delivery",
    "goods_description", "hs_code", "package_count", "gross_weight", "volume", "freight_terms", "shipped_on_board_date", "place_of_issue", "issue_date",
)  # fmt: skip
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "bill_of_lading": (("shipper", "consignee", "notify_party"), ("bol_number", *_SEA, "number_of_originals"), "containers"),
    "sea_waybill": (("shipper", "consignee", "notify_party"), ("waybill_number", *_SEA), "containers"),
    "air_waybill": (("shipper", "consignee"), ("awb_number", "origin", "destination", "flight_number", "flight_date", "pieces", "gross_weight", "chargeable_weight", "goods_description", "declared_value", "currency", "date"), ""),
    "packing_list": (("shipper", "consignee"), ("packing_list_number", "date", "order_reference", "invoice_reference", "country_of_origin", "incoterm"), "packages"),
    "delivery_order": (("consignee", "shipper"), ("delivery_order_number", "date", "bol_number", "vessel", "voyage_number", "port_of_discharge", "place_of_delivery", "goods_description", "package_count", "gross_weight"), "containers"),
    "certificate_of_origin": (("exporter", "importer"), ("certificate_number", "country_of_origin", "country_of_destination", "transport_details", "goods_description", "hs_code", "package_count", "gross_weight", "invoice_number", "issuing_authority", "place_of_issue", "issue_date"), ""),
    "customs_declaration": (("exporter", "importer"), ("declaration_number", "declaration_type", "date", "customs_office", "procedure_code", "goods_description", "hs_code", "country_of_origin", "package_count", "gross_weight", "net_weight", "value", "currency", "duty_rate", "duty_amount", "tax_amount"), ""),
}  # fmt: skip


def make_cargo_paper(
    seed: int, *, kind: str | None = None, tag: str | None = None, style: str | None = None
) -> Made:
    """The same seed makes the same document."""
    random = Random(seed * 7 + 3)
    spoken = [place for place in PLACES if place.language in LABELS]
    place = next(p for p in spoken if p.tag == tag) if tag else random.choice(spoken)
    chosen = kind or random.choice(list(KINDS))
    day = date(random.randint(2019, 2025), random.randint(1, 12), random.randint(1, 28))
    plan = CargoPlan(random, place, chosen, style or random.choice(STYLES), random.choice(place.dates), day)
    _fill(plan)
    sheet = Sheet(
        random,
        place.letter,
        random.choice((8.5, 9.0, 9.5)),
        random.choice([f for f in faces() if not f.mono]),
    )
    _write(sheet, plan)
    name = f"{chosen}_{seed:04}_{place.tag}_{plan.style}"
    return Made(name, chosen, sheet.finish(), plan.truth, place.language, plan.style)


def _fill(plan: CargoPlan) -> None:
    parties, names, rows = KINDS[plan.kind]
    for name in names:
        value, text = value_of(name, plan)
        plan.truth[name], plan.written[name] = value, text
    if "gross_weight" in names:
        plan.truth["weight_unit"] = "K" if plan.kind == "air_waybill" else "kg"
    if "volume" in names:
        plan.truth["volume_unit"] = "m3"
    for party in parties:
        plan.truth[party] = _party(plan)
    if rows == "containers":
        plan.truth["containers"] = [_container(plan) for _ in range(plan.random.randint(1, 3))]
    if rows == "packages":
        _packages(plan)


def _party(plan: CargoPlan) -> dict[str, str]:
    place = plan.random.choice([plan.place, plan.random.choice(PLACES)])
    street, city = address(place, plan.random)
    code, town = next((c, t) for c, t in place.cities if c in city)
    found = {
        "name": plan.random.choice(place.companies),
        "street": street,
        "city": town.strip(","),
        "postal_code": code,
        "country": place.country,
    }
    found["_lines"] = f"{street}\n{city}\n{place.country_name}"
    if place.country == "US":
        found["postal_code"] = code.split()[1]
    return found


def _container(plan: CargoPlan) -> dict[str, str]:
    random = plan.random
    stem = random.choice(("MSCU", "TGHU", "HLXU", "CMAU", "OOLU")) + f"{random.randint(0, 999_999):06}"
    return {
        "number": stem + container_digit(stem),
        "seal_number": f"{random.choice(('EU', 'ML', 'S'))}{random.randint(10**5, 10**7)}",
        "type": random.choice(("40HC", "20DV", "40RF")),
    }


def _packages(plan: CargoPlan) -> None:
    random = plan.random
    rows: list[dict[str, Any]] = []
    for number in range(1, random.randint(3, 14)):
        net = random.randint(50, 5000) / 10
        rows.append(
            {
                "position": str(number),
                "description": random.choice(GOODS[plan.place.language]),
                "quantity": random.randint(1, 400),
                "net_weight": net,
                "gross_weight": round(net + random.randint(5, 200) / 10, 1),
            }
        )
    plan.truth["packages"] = rows
    plan.truth |= {
        "package_count": len(rows),
        "net_weight": round(sum(r["net_weight"] for r in rows), 1),
        "gross_weight": round(sum(r["gross_weight"] for r in rows), 1),
        "weight_unit": "kg",
    }


def _write(sheet: Sheet, plan: CargoPlan) -> None:
    title = plan.label(plan.kind)
    parties, names, rows = KINDS[plan.kind]
    if plan.random.random() < 0.5:
        sheet.text(sheet.width / 2, 46, title, bold=True, size=15, center=True)
    else:
        sheet.text(42, 46, title, bold=True, size=15)
    y = 74.0
    styles = {"boxes": _boxes, "letter": _letter, "table": _ruled, "stacked": _stacked}
    y = styles[plan.style](sheet, plan, parties, names, y)
    if rows == "containers":
        _grid(
            sheet,
            plan,
            y + 18,
            ("container", "seal", "type"),
            [
                [
                    c["number"]
                    if plan.random.random() < 0.6
                    else f"{c['number'][:4]} {c['number'][4:10]}-{c['number'][10]}",
                    c["seal_number"],
                    c["type"],
                ]
                for c in plan.truth["containers"]
            ],
        )
    if rows == "packages":
        table = [
            [
                r["position"],
                r["description"],
                str(r["quantity"]),
                written_number(r["net_weight"], plan, 1),
                written_number(r["gross_weight"], plan, 1),
            ]
            for r in plan.truth["packages"]
        ]
        y = _grid(sheet, plan, y + 18, ("position", "description", "quantity", "net", "gross"), table)
        for name, text in (
            ("package_count", str(plan.truth["package_count"])),
            ("net_weight", f"{written_number(plan.truth['net_weight'], plan, 1)} kg"),
            ("gross_weight", f"{written_number(plan.truth['gross_weight'], plan, 1)} kg"),
        ):
            sheet.text(300, y, f"{plan.label(name)}:")
            sheet.text(540, y, text, right=True)
            y += 15
    for party in parties:
        plan.truth[party].pop("_lines")


def _lines(plan: CargoPlan, party: str) -> list[str]:
    found = plan.truth[party]
    return [found["name"], *found["_lines"].split("\n")]


def _boxes(
    sheet: Sheet, plan: CargoPlan, parties: tuple[str, ...], names: tuple[str, ...], y: float
) -> float:
    """The classic form: parties down the left, numbers on the right, a grid of small boxes below."""
    left, middle, right, step = 36.0, sheet.width / 2, sheet.width - 36, sheet.size * 1.3
    numbers = list(names[:3])
    for index, party in enumerate(parties):
        bottom = y + 22 + step * 4
        sheet.box(left, y, middle, bottom)
        sheet.text(left + 3, y + 9, plan.label(party), size=sheet.size - 2)
        for number, line in enumerate(_lines(plan, party)):
            sheet.text(left + 6, y + 22 + number * step, line)
        if index < len(numbers):
            sheet.box(middle, y, right, bottom)
            sheet.text(middle + 3, y + 9, plan.label(numbers[index]), size=sheet.size - 2)
            sheet.text(middle + 6, y + 24, plan.written[numbers[index]], bold=True)
        y = bottom
    rest = list(names[len(parties) :])
    across = plan.random.choice((2, 3))
    width, height = (right - left) / across, 30.0
    for index, name in enumerate(rest):
        x, top = left + width * (index % across), y + height * (index // across)
        sheet.box(x, top, x + width, top + height)
        sheet.text(x + 3, top + 9, plan.label(name), size=sheet.size - 2)
        sheet.text(x + 6, top + 23, plan.written[name])
    return y + height * (-(-len(rest) // across)) + 12


def _letter(
    sheet: Sheet, plan: CargoPlan, parties: tuple[str, ...], names: tuple[str, ...], y: float
) -> float:
    step, width = sheet.size * 1.35, (sheet.width - 84) / len(parties)
    for index, party in enumerate(parties):
        x = 42 + width * index
        sheet.text(x, y, plan.label(party) + plan.random.choice(("", ":")), bold=True)
        for number, line in enumerate(_lines(plan, party)):
            sheet.text(x, y + step * (number + 1), line)
    y += step * 7
    for name in names:
        sheet.text(42, y, f"{plan.label(name)}:")
        sheet.text(230, y, plan.written[name])
        y += sheet.size * 1.6
    return y


def _ruled(
    sheet: Sheet, plan: CargoPlan, parties: tuple[str, ...], names: tuple[str, ...], y: float
) -> float:
    step = sheet.size * 1.3
    for party in parties:
        lines = _lines(plan, party)
        bottom = y + step * len(lines) + 6
        sheet.box(40, y, 190, bottom, fill=0.93)
        sheet.box(190, y, sheet.width - 40, bottom)
        sheet.text(45, y + step, plan.label(party), bold=True)
        for number, line in enumerate(lines):
            sheet.text(196, y + step * (number + 1), line)
        y = bottom
    for name in names:
        sheet.box(40, y, 190, y + step + 6, fill=0.93)
        sheet.box(190, y, sheet.width - 40, y + step + 6)
        sheet.text(45, y + step, plan.label(name))
        sheet.text(196, y + step, plan.written[name])
        y += step + 6
    return y


def _stacked(
    sheet: Sheet, plan: CargoPlan, parties: tuple[str, ...], names: tuple[str, ...], y: float
) -> float:
    """Small grey labels above values, no lines, parties at the end."""
    width = (sheet.width - 84) / 3
    for index, name in enumerate(names):
        x, top = 42 + width * (index % 3), y + 34 * (index // 3)
        sheet.text(x, top, plan.label(name).upper(), size=sheet.size - 2.5, grey=0.4)
        sheet.text(x, top + 12, plan.written[name])
    y += 34 * (-(-len(names) // 3)) + 10
    for index, party in enumerate(parties):
        x = 42 + width * index
        sheet.text(x, y, plan.label(party).upper(), size=sheet.size - 2.5, grey=0.4)
        for number, line in enumerate(_lines(plan, party)):
            sheet.text(x, y + 13 + sheet.size * 1.3 * number, line)
    return y + 80


def _grid(sheet: Sheet, plan: CargoPlan, y: float, heads: tuple[str, ...], rows: list[list[str]]) -> float:
    right = {"quantity", "net", "gross"}
    starts = {3: (42, 210, 360), 5: (42, 90, 360, 460, 545)}[len(heads)]
    lined = plan.random.random() < 0.5
    for x, head in zip(starts, heads, strict=True):
        sheet.text(x, y, plan.label(head), bold=True, right=head in right)
    sheet.line(40, y + 4, sheet.width - 40, y + 4)
    for row in rows:
        y += 16
        for x, head, cell in zip(starts, heads, row, strict=True):
            sheet.text(x, y, cell, right=head in right)
        if lined:
            sheet.line(40, y + 4, sheet.width - 40, y + 4, 0.3, 0.7)
    return y + 26
