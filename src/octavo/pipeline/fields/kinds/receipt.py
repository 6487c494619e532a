"""The fields of a receipt."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from octavo.domain.document_types.receipt import RECEIPT
from octavo.domain.field import Alternative, Field, FieldCheck, FieldSource, Scalar
from octavo.domain.template import FieldOrder, FieldSpec, FieldType
from octavo.pipeline.fields.currency import currency_word
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.hits import Vocabulary
from octavo.pipeline.fields.labels import LabelSearch
from octavo.pipeline.fields.places import read_postal_line
from octavo.pipeline.fields.readers.contacts import emails_in, phones_in, urls_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.receipts.address import addresses_of
from octavo.pipeline.fields.receipts.days import clock_of, days_of
from octavo.pipeline.fields.receipts.goods import Good, goods_of
from octavo.pipeline.fields.receipts.lines import Part, ReceiptLine, Sum, lines_of
from octavo.pipeline.fields.receipts.looks import is_numbered
from octavo.pipeline.fields.receipts.merchant import Named, names_of
from octavo.pipeline.fields.receipts.payment import card_digits_of, method_of
from octavo.pipeline.fields.receipts.rates import TaxRow, tax_rows_of
from octavo.pipeline.fields.receipts.sums import Total, adds_up, side_of, totals_of
from octavo.pipeline.fields.tokens import Row, Token, place_of, source_of
from octavo.pipeline.fields.view import View

LABELS = {
    "receipt_number": (
        "receipt no", "receipt #", "receipt number", "receipt", "invoice no", "invoice number", "invoice #", "inv no", "inv #",
        "bill no", "bill #", "bill", "slip no", "doc no", "cash bill", "trans no", "trn", "check #", "chk", "tax invoice no",
        "cb#", "bon nr", "beleg nr", "belegnummer", "bonnummer", "kassenbon nr", "ticket n", "ticket no", "n ticket",
        "facture n", "n facture", "factura simplificada", "n factura", "num factura", "documento n", "doc n", "scontrino n",
        "fatura simplificada", "fatura n", "recibo n", "bonnr", "kvitto nr", "kvittonr", "kvittering nr", "paragon nr",
        "transaction", "rechnung nr", "rechnungsnr", "rechnungsnummer", "rg nr", "quittung nr", "rechnung", "fattura n", "faktura nr", "nota nr", "bon", "kassabon", "ticket nr", "facture", "facture #", "check", "tax inv no", "taxinv", "reference no", "ref no", "cash sales no",
    ),
    "tax_id": (
        "gst id", "gst no", "gst reg no", "gst reg", "gst id no", "gst registration no", "gst number", "gst ref no", "gstin",
        "gst", "vat no", "vat reg no", "vat number", "vat", "ust idnr", "ustid", "ust id nr", "steuernummer", "st nr", "tva",
        "n tva", "tva intracom", "nif", "cif", "p iva", "partita iva", "piva", "contribuinte", "btw nr", "btw", "abn", "nip",
        "moms reg", "tax id", "tax reg no", "sst no", "sst id", "npwp", "gst tax no", "no id gst",
    ),
    "registration_number": (
        "company no", "co no", "co reg no", "company reg no", "company reg", "co reg", "reg no", "br no", "business reg no",
        "hrb", "siret", "siren", "rcs", "kvk", "kvk nr", "org nr", "cvr",
    ),
    "cashier": ("cashier", "kassierer", "caissier", "cajero", "cassiere", "operator", "served by", "server", "staff", "clerk",
                "bediener", "operatore", "atendido por", "kassamedewerker", "kasir"),
}  # fmt: skip
_TYPES = {
    "receipt_number": FieldType.IDENTIFIER,
    "tax_id": FieldType.TAX_ID,
    "registration_number": FieldType.IDENTIFIER,
    "cashier": FieldType.STRING,
}
_PATHS = {"tax_id": "merchant.tax_id", "registration_number": "merchant.registration_number"}
_TELEPHONE = re.compile(
    r"\b(?:t[e3][l1]|phone|telephone|telefon\w*|tél|tlf|mobile|hp|h/p)\b|\+\d|\(\d{2,5}\)\s?\d{3}|\b0\d{1,3}[-\s]\d{3}",
    re.IGNORECASE,
)
_LEAST_TOTAL = 1.0
_HEAD_ROWS = 30
_TOP_ROWS = 8
"""In which a merchant's place stands where no address was made out."""
_OTHERS = 3
"""Alternatives that are told."""


def find_receipt(view: View, locale: Locale, order: FieldOrder) -> Findings:
    """Start reading here."""
    del order
    rows = view.rows
    lines = lines_of(rows, locale)
    findings = Findings()
    below = _merchant(rows, locale, findings)
    _when(rows, locale, findings)
    _labelled(rows, locale, findings)
    _paid(lines, findings)
    _items(lines, below, findings)
    if locale.currency:
        _currency(lines, rows, locale, findings)
    return findings


def _merchant(rows: Sequence[Row], locale: Locale, findings: Findings) -> int:
    """The number of the first row behind the head."""
    names = names_of(rows, locale)
    name = names[0] if names else None
    end = 0
    if name is not None:
        others = tuple(_other_name(other) for other in names[1 : 1 + _OTHERS])
        margin = name.score - names[1].score if len(names) > 1 else 0.5
        sure = min(1.0, max(0.05, 0.55 * name.score + 0.8 * min(margin, 0.4) + 0.1))
        findings.fields.append(
            replace(_field("merchant.name", name.value, name.value, name.tokens, sure), alternatives=others)
        )
        end = name.end_row if name.end_row < _HEAD_ROWS else 0
    addresses = addresses_of(rows, name, locale)
    if addresses:
        best = addresses[0]
        findings.fields.append(_field("merchant.address", best.value, best.value, best.tokens, best.score))
        end = max(end, best.end_row)
    near = rows[addresses[0].first_row : addresses[0].end_row] if addresses else ()
    findings.fields += _places(near) or _places(rows[:_TOP_ROWS])
    _contacts(rows[:_HEAD_ROWS], locale, findings)
    return end


def _places(rows: Sequence[Row]) -> list[Field]:
    """Postal code and city, where a row of the address has both."""
    for row in rows:
        postal = read_postal_line(row.text)
        if postal is not None:
            city = re.sub(r"\s*\([^()]*\)$", "", postal.city)
            parts = (("merchant.postal_code", postal.code), ("merchant.city", city))
            return [_field(path, value, value, row.tokens, 0.75) for path, value in parts]
    return []


def _other_name(name: Named) -> Alternative:
    return Alternative(name.value, name.value, place_of(name.tokens), round(name.score, 4), "less_likely")


def _contacts(rows: Sequence[Row], locale: Locale, findings: Findings) -> None:
    for path, reader in (
        ("merchant.phone", lambda text: phones_in(text, locale.country)),
        ("merchant.email", emails_in),
        ("merchant.website", urls_in),
    ):
        for row in rows:
            if path == "merchant.phone" and (is_numbered(row.text) or not _TELEPHONE.search(row.text)):
                continue
            found = reader(row.text)
            if found:
                tokens = tuple(token for token in row.tokens if token.text in found[0].raw_text) or row.tokens
                findings.fields.append(_field(path, found[0].value, found[0].raw_text, tokens, 0.8))
                break


def _when(rows: Sequence[Row], locale: Locale, findings: Findings) -> None:
    days = days_of(rows, locale)
    day = days[0] if days else None
    if day is not None:
        others = tuple(
            Alternative(
                other.value.isoformat(), other.raw_text, place_of(other.tokens), other.score, "less_likely"
            )
            for other in {one.value: one for one in reversed(days)}.values()
            if other.value != day.value
        )
        field = _field("date", day.value.isoformat(), day.raw_text, day.tokens, day.score)
        findings.fields.append(replace(field, alternatives=others[:_OTHERS]))
    clock = clock_of(rows, day)
    if clock is not None:
        findings.fields.append(_field("time", clock.value, clock.raw_text, clock.tokens, 0.85))


def _labelled(rows: Sequence[Row], locale: Locale, findings: Findings) -> None:
    search = LabelSearch(rows, Vocabulary(LABELS), locale)
    for name, type_ in _TYPES.items():
        found = [
            one for one in search.candidates(name, FieldSpec(name, type_)) if _is_likely(name, str(one.value))
        ]
        if found:
            findings.fields.append(found[0].to_field(_PATHS.get(name, name), confidence=0.9 * found[0].score))


def _is_likely(name: str, value: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    if name == "cashier":
        return len(value) < 40
    return digits >= (5 if name in _PATHS else 2) and "%" not in value


def _paid(lines: Sequence[ReceiptLine], findings: Findings) -> None:
    totals = totals_of(lines)
    side = side_of(lines)
    total = totals[0] if totals and totals[0].score >= _LEAST_TOTAL else None
    if total is not None:
        findings.fields.append(_total_field(total, totals[1:]))
        findings.checks += _total_checks(total, lines)
    for part, path in (
        (Part.SUBTOTAL, "subtotal"),
        (Part.NET, "subtotal"),
        (Part.DISCOUNT, "discount_total"),
        (Part.ROUNDING, "rounding"),
        (Part.PAID, "paid"),
        (Part.CHANGE, "change"),
    ):
        line = _first(lines, part)
        if (
            line is not None
            and line.last is not None
            and not any(field.path == path for field in findings.fields)
        ):
            value = line.last.value if path == "rounding" else abs(line.last.value)
            findings.fields.append(_money(path, value, line.last, 0.85))
    _taxes(lines, total, findings)
    for path, told in (("payment_method", method_of(lines)), ("card_last_digits", card_digits_of(lines))):
        if told is not None:
            findings.fields.append(_field(path, told.value, told.raw_text, told.tokens, 0.85))
    if (
        total is not None
        and side.subtotals
        and not adds_up(total.value, side)
        and total.value not in side.subtotals
    ):
        detail = "No way of adding subtotal, tax, service, discount and rounding gives the total."
        findings.checks.append(FieldCheck("sum", passed=False, detail=detail, paths=("subtotal", "total")))


def _first(lines: Iterable[ReceiptLine], part: Part) -> ReceiptLine | None:
    fitting = [line for line in lines if line.part is part and line.last is not None]
    exact = [line for line in fitting if line.last is not None and line.last.decimals == 2]
    return next(iter(exact or ([] if part is Part.TAX else fitting)), None)


def _total_field(total: Total, others: Sequence[Total]) -> Field:
    margin = total.score - others[0].score if others else 2.0
    sure = min(0.99, max(0.05, 0.25 + 0.11 * total.score + 0.06 * min(margin, 2.0)))
    told = tuple(
        Alternative(
            float(other.value),
            other.written.raw_text,
            place_of(other.written.tokens),
            None,
            f"score {other.score:.1f}",
        )
        for other in others[:_OTHERS]
    )
    field = _money("total", total.value, total.written, sure)
    return replace(field, alternatives=told, verified=bool(total.proofs), checks=total.proofs)


def _total_checks(total: Total, lines: Sequence[ReceiptLine]) -> list[FieldCheck]:
    del lines
    details = {
        "paid": ("What was given less the change is the total.", ("paid", "change", "total")),
        "sum": (
            "Subtotal, taxes, service, discount and rounding add up to the total.",
            ("subtotal", "total"),
        ),
    }
    return [FieldCheck(code, True, *details[code]) for code in total.proofs]


def _taxes(lines: Sequence[ReceiptLine], total: Total | None, findings: Findings) -> None:
    rates = tax_rows_of(lines)
    for number, row in enumerate(rates):
        findings.fields += _tax_fields(number, row)
    line = _first(lines, Part.TAX)
    if line is not None and line.last is not None and (total is None or line.last.value < total.value):
        findings.fields.append(_money("tax_total", line.last.value, line.last, 0.8))
    elif rates:
        value = sum((row.amount.value for row in rates), Decimal(0))
        findings.fields.append(Field("tax_total", float(value), FieldSource.COMPUTED, confidence=0.75))


def _tax_fields(number: int, row: TaxRow) -> list[Field]:
    path = f"taxes.{number}"
    fields = [
        _field(f"{path}.rate", float(row.rate), row.rate_text, row.rate_tokens, 0.85),
        _money(f"{path}.base", row.base.value, row.base, 0.85),
        _money(f"{path}.amount", row.amount.value, row.amount, 0.85),
    ]
    return [replace(field, verified=True, checks=("product",)) for field in fields]


def _items(lines: Sequence[ReceiptLine], below: int, findings: Findings) -> None:
    goods = goods_of(lines, below)
    for number, good in enumerate(goods):
        findings.fields += _good_fields(number, good)
    sums = {field.value for field in findings.fields if field.path in {"subtotal", "total"}}
    amount = sum((good.amount.value for good in goods), Decimal(0))
    if goods and sums:
        passed = float(amount) in sums
        detail = f"The amounts of the lines add up to {amount}."
        findings.checks.append(FieldCheck("lines_sum", passed, detail, ("line_items", "subtotal", "total")))


def _good_fields(number: int, good: Good) -> list[Field]:
    path = f"line_items.{number}"
    fields = [_money(f"{path}.amount", good.amount.value, good.amount, 0.75)]
    if good.quantity is not None:
        fields.append(_money(f"{path}.quantity", good.quantity.value, good.quantity, 0.7))
    if good.unit_price is not None:
        fields.append(_money(f"{path}.unit_price", good.unit_price.value, good.unit_price, 0.7))
    if good.multiplies:
        fields = [replace(field, verified=True, checks=("product",)) for field in fields]
    if good.description:
        text = good.description
        fields.append(_field(f"{path}.description", text, text, good.description_tokens, 0.7))
    return fields


def _currency(lines: Sequence[ReceiptLine], rows: Sequence[Row], locale: Locale, findings: Findings) -> None:
    """The locale's, where an amount or another word says it."""
    code = locale.currency or ""
    written = next((one for line in lines for one in line.sums if one.currency == code), None)
    if written is not None:
        findings.fields.append(_field("currency", code, written.raw_text, written.tokens, 0.95))
        return
    word = currency_word(rows, locale)
    if word is not None:
        findings.fields.append(_field("currency", code, word.text, (word,), 0.85))


def _money(path: str, value: Decimal, written: Sum, sure: float) -> Field:
    return _field(
        path, float(value), written.raw_text, written.tokens, sure * (0.9 if written.repaired else 1.0)
    )


def _field(path: str, value: Scalar, raw: str, tokens: tuple[Token, ...], sure: float) -> Field:
    return Field(path, value, source_of(tokens), raw, place_of(tokens), round(sure, 4))


NAME = RECEIPT.name
