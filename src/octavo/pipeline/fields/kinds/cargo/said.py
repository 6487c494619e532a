"""What cargo papers say without a label: `1150 cartons`, `4 830 kg brut`, `from Xiamen to Manzanillo`, the sender's letterhead."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from octavo.domain.field import Field
from octavo.domain.template import FieldSpec
from octavo.pipeline.fields.kinds.cargo.values import VALUES
from octavo.pipeline.fields.kinds.statement.amounts import tokens_at
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.receipts.looks import LEGAL_FORM
from octavo.pipeline.fields.view import Segment, View, place_of, source_of

_SCORE = 0.7
_NUMBER = r"(?<![\d.,/-])\d{1,3}(?:[ .,']\d{3})*(?:[.,]\d{1,3})?|(?<![\d.,/-])\d+(?:[.,]\d{1,3})?"
_PACKED = (
    r"cartons?|ctns?|kartons?|pallets?|paletten?|palettes?|pal[ée]s?|palets?|packages?|pkgs?|packst[üu]cke?|colis|colli|kolli|bultos|cajas|caixas|volumes|cases?|crates?"
    r"|kisten?|caisses?|casse|scatole|cartoni|cartones|drums?|f[äa]sser|f[ûu]ts|fusti|tambores|bales?|ballen|balles|sacks?|s[äa]cke|sacs|sacchi|sacos|bags?|rolls?|rollen|dozen|dozen"
)
_COUNT = re.compile(
    rf"(?<![\w.,])(?P<value>\d{{1,3}}(?:[ .,]\d{{3}})*|\d+)\s+(?:x\s+)?(?:{_PACKED})(?!\w)", re.IGNORECASE
)
_KG = r"\s?(?:kgs?|kilos?|lbs?)\b\.?"
_GROSS = r"(?:gross|brutto|bruto|brut|lordo|lorda|bruta)"
_NET = r"(?:net|netto|neto|net[ae]s?|l[ií]quido)"
_WEIGHTS = {
    "gross_weight": re.compile(rf"(?P<value>{_NUMBER}){_KG}\s?\(?{_GROSS}(?!\w)|(?<!\w){_GROSS}\s?:?\s(?P<after>{_NUMBER}){_KG}", re.IGNORECASE),
    "net_weight": re.compile(rf"(?P<value>{_NUMBER}){_KG}\s?\(?{_NET}(?!\w)|(?<!\w){_NET}\s?:?\s(?P<after>{_NUMBER}){_KG}", re.IGNORECASE),
}  # fmt: skip
_ANY_WEIGHT = re.compile(rf"(?P<value>{_NUMBER}){_KG}(?!\s?{_NET})|(?P<after>(?!))", re.IGNORECASE)
"""The only weight there is."""
_HS = re.compile(
    r"(?<!\w)(?:H\.?\s?[ST]\.?|HTSUS|HTS|NC|SA)(?:\s(?:code|no|nr)\.?)?\s*:?\s(?P<value>\d{4}(?:[. ]?\d{2}){0,4})(?![\d.])"
)
_TARIFF = re.compile(r"^(?P<value>\d{4}\.\d{2}\.\d{2}(?:\d{2}|\.\d{2})?)$")
"""In the points of a tariff, by itself."""
_ROUTE = re.compile(r"^(?:shipped |shipment |per .{3,20} )?from:?\s+(?P<port_of_loading>[A-Z][\w .,'()-]{1,40}?)\s+to:?\s+(?P<port_of_discharge>[A-Z][\w .,'()-]{1,40}?)(?:\s+(?:by|per|via)\s.*)?$", re.IGNORECASE)  # fmt: skip
_TO = re.compile(r"^(?:to|messrs\.?|for account (?:and risk )?of messrs\.?|sold to|bill to)\s*:?\s+(?P<value>[A-Z].{3,80})$", re.IGNORECASE)  # fmt: skip
_TO_ALONE = re.compile(r"^(?:to|messrs\.?)\s*:?$", re.IGNORECASE)
_HEAD = 0.14
_UPPER = 0.45


def said_fields(view: View, specs: Mapping[str, FieldSpec], locale: Locale) -> Iterator[Field]:
    """For the fields among `specs`; the caller takes those that no label gave."""
    if "package_count" in specs:
        yield from _packages(view, locale)
    for name, pattern in _WEIGHTS.items():
        if name in specs:
            yield from _weight(view, name, pattern, locale)
    if "gross_weight" in specs:
        yield from _weight(view, "gross_weight", _ANY_WEIGHT, locale)
    if "hs_code" in specs:
        yield from _first(view, "hs_code", _HS)
        yield from _first(view, "hs_code", _TARIFF)
    if "port_of_loading" in specs:
        yield from _route(view)


def sender_and_receiver(view: View, sender: str, receiver: str) -> Iterator[Field]:
    """A firm's letterhead sends; `To:` or `Messrs.` receives."""
    if not view.pages:
        return
    first = view.pages[0]
    for segment in first.segments:
        if segment.bbox.y0 < _HEAD and LEGAL_FORM.search(segment.text) and len(segment.text) < 80:
            yield _field(f"{sender}.name", segment.text, segment, (0, len(segment.text)))
            break
    upper = [segment for segment in first.segments if segment.bbox.y0 < _UPPER]
    for at, segment in enumerate(upper):
        match = _TO.match(segment.text)
        if match:
            yield _field(f"{receiver}.name", match["value"].strip(), segment, match.span("value"))
            return
        if _TO_ALONE.match(segment.text):
            near = next((one for one in upper[at + 1 :] if one.bbox.x0 >= segment.bbox.x0 - 0.01), None)
            if near is not None:
                yield _field(f"{receiver}.name", near.text, near, (0, len(near.text)))
            return


def _route(view: View) -> Iterator[Field]:
    for segment in view.segments:
        match = _ROUTE.match(segment.text)
        if match:
            for name in ("port_of_loading", "port_of_discharge"):
                yield _field(name, match[name], segment, match.span(name))
            return


def _packages(view: View, locale: Locale) -> Iterator[Field]:
    """The only one, or the one that is the sum of all others: `960 cartons`, `840 cartons`, `1800 cartons`."""
    found: dict[int, Field] = {}
    for segment in view.segments:
        for match in _COUNT.finditer(segment.text):
            reading = VALUES["package_count"](match["value"], locale)
            if reading is not None and int(reading.value):
                found.setdefault(
                    int(reading.value),
                    _field("package_count", int(reading.value), segment, match.span("value")),
                )
    if len(found) == 1:
        yield from found.values()
    elif found and 2 * max(found) == sum(found):
        yield found[max(found)]


def _weight(view: View, name: str, pattern: re.Pattern[str], locale: Locale) -> Iterator[Field]:
    found: dict[Decimal, Field] = {}
    for segment in view.segments:
        for match in pattern.finditer(segment.text):
            group = "value" if match["value"] else "after"
            reading = VALUES[name](match[group], locale)
            if reading is not None:
                value = Decimal(str(reading.value))
                found.setdefault(value, _field(name, float(value), segment, match.span(group)))
    if len(found) == 1:
        yield from found.values()


def _first(view: View, name: str, pattern: re.Pattern[str]) -> Iterator[Field]:
    for segment in view.segments:
        match = pattern.search(segment.text)
        if match:
            yield _field(name, match["value"], segment, match.span("value"))
            return


def _field(path: str, value: str | float, segment: Segment, span: tuple[int, int]) -> Field:
    tokens = tokens_at(segment, *span)
    return Field(path, value, source_of(tokens), segment.text[slice(*span)], place_of(tokens), _SCORE)
