"""Contracts in several languages, as they are typed: numbered clauses, wrapped lines, signatures at the end."""

from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks.accuracy.fields.generated.contract_words import FILL, SIGN, SPANS, TEXTS
from benchmarks.accuracy.fields.generated.locales import PLACES, Place, address, write_date, write_money
from benchmarks.accuracy.fields.generated.paper import Made, Sheet, faces

STYLES = ("clauses", "paragraphs", "headed")
HELD_OUT = ("headed",)
"""Not looked at while the rules are tuned."""


def make_contract(seed: int, *, tag: str | None = None, style: str | None = None) -> Made:
    """The same seed makes the same document."""
    random = Random(seed * 11 + 5)
    spoken = [place for place in PLACES if place.language in TEXTS]
    place = next(p for p in spoken if p.tag == tag) if tag else random.choice(spoken)
    chosen = style or random.choice(STYLES)
    words = random.choice(TEXTS[place.language])
    truth, values = _values(random, place, words)
    sheet = Sheet(
        random,
        place.letter,
        random.choice((9.5, 10.0, 11.0)),
        random.choice([f for f in faces() if not f.mono]),
    )
    _write(sheet, words, values, chosen, truth, place)
    return Made(
        f"contract_{seed:04}_{place.tag}_{chosen}", "contract", sheet.finish(), truth, place.language, chosen
    )


def _values(random: Random, place: Place, words: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    language = place.language
    form = random.choice(place.dates)
    start = date(random.randint(2018, 2025), random.randint(1, 12), random.randint(1, 28))
    end = start + timedelta(days=random.randint(300, 1200))
    signed = start - timedelta(days=random.randint(1, 20))
    a, b = random.choice(place.companies), random.choice(place.people)
    a_address, b_address = (", ".join(address(place, random)) for _ in range(2))
    role_a, role_b = words["roles"].split("|")
    terms, notices = SPANS[language]
    term, notice = random.choice(terms), random.choice(notices)
    cents = random.randint(50_000, 90_000_000)
    city = random.choice(place.cities)[1].strip(",")
    value = (
        f"{place.currency} {write_money(cents, place)}"
        if random.random() < 0.5
        else f"{write_money(cents, place)} {place.currency}"
    )
    values = {
        "effective": write_date(start, form, language), "end": write_date(end, form, language), "a": a, "b": b, "a_address": a_address, "b_address": b_address,
        "role_a": role_a, "role_b": role_b, "term": term, "notice": notice, "value": value, "law": words["law_name"], "city": city, "day": write_date(signed, form, language),
    }  # fmt: skip
    bare = [role.split(" ", 1)[1] if role[0].islower() else role for role in (role_a, role_b)]
    truth = {
        "title": words["title"], "effective_date": start.isoformat(), "end_date": end.isoformat(), "term": term, "notice_period": notice, "governing_law": words["law_name"], "jurisdiction": city,
        "value": cents / 100, "currency": place.currency, "signature_date": signed.isoformat(),
        "parties": [{"name": a, "role": bare[0], "address": a_address}, {"name": b, "role": bare[1], "address": b_address}],
    }  # fmt: skip
    return truth, values


def _write(
    sheet: Sheet,
    words: dict[str, str],
    values: dict[str, str],
    style: str,
    truth: dict[str, Any],
    place: Place,
) -> None:
    random, language = sheet.random, place.language
    centred = random.random() < 0.6
    sheet.text(sheet.width / 2 if centred else 60, 70, words["title"], bold=True, size=16, center=centred)
    y = _paragraphs(sheet, words["between"].format(**values), 110)
    clauses = [words[name].format(**values) for name in ("term", "value", "notice", "law", "courts")]
    clauses[1:1] = random.sample(FILL[language], 1)
    clauses[-1:-1] = random.sample(FILL[language], 1)
    for number, clause in enumerate(clauses, start=1):
        if y > sheet.height - 190:
            sheet.turn()
            y = 70
        lead = {"clauses": f"{number}. ", "paragraphs": "", "headed": ""}[style]
        if style == "headed":
            sheet.text(60, y, f"§ {number}" if language == "de" else f"Art. {number}", bold=True)
            y += sheet.size * 1.6
        y = _paragraphs(sheet, lead + clause, y)
    _signatures(sheet, values, truth, y + 20, place)


def _paragraphs(sheet: Sheet, text: str, y: float) -> float:
    for paragraph in text.split("\n"):
        for line in sheet.wrapped(paragraph, sheet.width - 120):
            sheet.text(60, y, line)
            y += sheet.size * 1.35
        y += sheet.size * 0.7
    return y


def _signatures(sheet: Sheet, values: dict[str, str], truth: dict[str, Any], y: float, place: Place) -> None:
    sentence, office = SIGN[place.language]
    sheet.text(60, y, sentence.format(**values))
    y += 60
    director = sheet.random.choice(place.people)
    people = [(director, office), (values["b"], "")]
    truth["signatures"] = [{"name": director, "title": office}, {"name": values["b"]}]
    for (name, title), x in zip(people, (60, sheet.width / 2 + 10), strict=True):
        sheet.text(x, y, "_" * 28)
        sheet.text(x, y + sheet.size * 1.5, name)
        if title:
            sheet.text(x, y + sheet.size * 2.9, title)
