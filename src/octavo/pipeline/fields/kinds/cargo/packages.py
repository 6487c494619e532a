"""The table of a packing list: one entry a package, sums that prove the weights."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from octavo.domain.field import Field
from octavo.pipeline.fields.kinds.statement.words import folded
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.numbers import numbers_in
from octavo.pipeline.fields.view import Row, Segment, Token, View, place_of, segment_of, source_of

_HEADS: dict[str, tuple[str, ...]] = {
    "position": ("pkg", "crate", "crate no", "case", "pkg no", "package no", "package", "carton no", "ctn no", "case no", "marks", "pos", "position", "no", "item", "kolli-nr", "kolli", "kiste nr", "packstuck", "colis n°", "colis no", "colis", "bulto", "bulto n º", "collo", "n collo", "volume", "volume n º", "collo nr", "#", "nr", "pallet", "palette"),
    "sku": ("item no", "item #", "item code", "model", "model no", "art no", "sku", "part no", "part number", "article", "article no", "art nr", "art -nr", "artikel-nr", "artikelnummer", "ref", "reference", "codigo", "codice", "code", "style", "referencia", "référence", "artikel"),
    "description": ("description", "description of goods", "goods", "contents", "bezeichnung", "beschreibung", "inhalt", "ware", "designation", "descripcion", "descrizione", "descricao", "omschrijving", "inhoud", "contenido", "contenu", "product", "article description"),
    "quantity": ("qty", "quantity", "pcs", "pieces", "units", "menge", "stuck", "anzahl", "quantite", "qte", "cantidad", "cant", "quantita", "q ta", "qta", "quantidade", "qtd", "aantal", "qty (pcs)", "quantity (pcs)"),
    "unit": ("unit", "uom", "einheit", "unite", "unidad", "unita", "unidade", "eenheid", "um"),
    "net_weight": ("net", "net kg", "net weight", "net wt", "n w", "n w (kg)", "n w kg", "nw", "nw (kg)", "net weight (kg)", "net weight kg", "netto", "netto kg", "nettogewicht", "poids net", "peso neto", "neto kg", "neto", "peso netto", "liquido kg", "peso liquido", "net (kg)"),
    "gross_weight": ("gross", "gross kg", "gross weight", "gross wt", "g w", "g w (kg)", "g w kg", "gw", "gw (kg)", "gross weight (kg)", "gross weight kg", "brutto", "brutto kg", "bruttogewicht", "poids brut", "brut kg", "brut", "peso bruto", "bruto kg", "bruto", "lordo kg", "lordo", "peso lordo", "gross (kg)", "brutogewicht"),
    "volume": ("cbm", "m3", "m³", "measurement", "volume (cbm)", "volumen", "meas", "meas (cbm)", "meas t", "measure", "measurements", "volume/cbm"),
    "dimensions": ("dimensions", "dims", "size", "abmessungen", "dimensiones", "dimensioni", "dimensoes", "afmetingen", "l x w x h"),
}  # fmt: skip
_KINDS = {folded(name): kind for kind, names in _HEADS.items() for name in names}
_NUMBERS = {"quantity", "net_weight", "gross_weight", "volume"}
_TOTAL = ("total", "totals", "summe", "gesamt", "totale", "totaal", "suma", "totaux", "totales")
_WITH_UNIT = re.compile(r"\s*[(\[/]?\s*(?:in )?(?:kgs?|lbs?|cbm|m3|m³|pcs|ctns|mm|cm|sets?|stk)\s*[)\]]?$")
"""`G.W. (KGS)`: what the numbers below are counted in."""
_RULE = re.compile(r"[-=_\u2013\u2014\s]{4,}")
_PLACE = re.compile(r"\d{1,3}\.?")
"""`Item no. 3` is a place in the list, `BW-317` names goods."""
_GAP = 2.6
_FEWEST_HEADS = 3
_LONGEST_HEAD = 3
"""Words of a head that stands in a run with others."""
_MOST = 5000
_SCORE = 0.88


@dataclass(frozen=True, slots=True)
class _Head:
    kind: str
    x0: float
    x1: float


@dataclass(slots=True)
class PackageRow:
    cells: dict[str, tuple[str | float, tuple[Token, ...]]]

    def number(self, name: str) -> Decimal | None:
        return Decimal(str(self.cells[name][0])) if name in self.cells else None


def package_rows(view: View, locale: Locale, sums: list[PackageRow] | None = None) -> list[PackageRow]:
    """All rows below a line of heads, over all pages that are held; rows that sum them up are put into `sums`."""
    found: list[PackageRow] = []
    for page in view.pages:
        heads: tuple[_Head, ...] = ()
        last: Row | None = None
        for at, row in enumerate(page.rows):
            named = _heads_at(page.rows, at)
            if _RULE.fullmatch(row.text):
                last = row if heads else last
            elif named:
                heads = heads if {h.kind for h in named} <= {h.kind for h in heads} else named
                last = row
            elif heads and last is not None and len(found) < _MOST:
                close = row.bbox.y0 - last.bbox.y1 <= _GAP * max(row.bbox.height, last.bbox.height)
                heads = heads if close and _took(row, heads, locale, found, sums) else ()
                last = row
    return found


def _took(
    row: Row, heads: tuple[_Head, ...], locale: Locale, found: list[PackageRow], sums: list[PackageRow] | None
) -> bool:
    """Whether the row is of the table; its sum ends it."""
    entry = _entry(row, heads, locale)
    if entry is None and sums is not None and _is_sum(row):
        sums.append(PackageRow(_cells(row, heads, locale)))
    if entry is not None and not _goes_on(entry, found):
        found.append(entry)
    return entry is not None


def _heads_at(rows: Sequence[Row], at: int) -> tuple[_Head, ...]:
    """The columns that begin here; on a page that leans, two rows may be one line of heads."""
    row = rows[at]
    named = _heads(row.segments)
    below = rows[at + 1] if at + 1 < len(rows) else None
    if below is not None and below.page == row.page and below.bbox.y0 < row.bbox.y1:
        named = max(named, _heads(row.segments + below.segments), key=len)
    numbers = _NUMBERS & {head.kind for head in named}
    return named if len(named) >= _FEWEST_HEADS and numbers else ()


def package_fields(rows: Sequence[PackageRow]) -> list[Field]:
    return [
        Field(
            f"packages.{number}.{name}",
            value,
            source_of(tokens),
            " ".join(t.text for t in tokens),
            place_of(tokens),
            _SCORE,
        )
        for number, row in enumerate(rows)
        for name, (value, tokens) in row.cells.items()
    ]


def _heads(segments: Sequence[Segment]) -> tuple[_Head, ...]:
    found: dict[str, _Head] = {}
    segments = [part for segment in segments for part in _labels_of(segment)]
    for segment in segments:
        kind = _kind_of(segment.text)
        if kind and kind not in found:
            found[kind] = _Head(kind, segment.bbox.x0, segment.bbox.x1)
    return tuple(found.values()) if len(found) >= 0.7 * len(segments) else ()


def _kind_of(text: str) -> str | None:
    said = folded(text)
    return _KINDS.get(said) or _KINDS.get(_WITH_UNIT.sub("", said).strip())


def _labels_of(segment: Segment) -> list[Segment]:
    """One head; of a run that is none, the heads it is made of: a reader of ink may join neighbours."""
    if _kind_of(segment.text) or len(segment.tokens) == 1:
        return [segment]
    parts: list[Segment] = []
    at = 0
    while at < len(segment.tokens):
        ends = range(min(len(segment.tokens), at + _LONGEST_HEAD), at, -1)
        runs = (segment_of(segment.tokens[at:end]) for end in ends)
        part = next((run for run in runs if _kind_of(run.text)), segment_of(segment.tokens[at : at + 1]))
        parts.append(part)
        at += len(part.tokens)
    return parts if sum(_kind_of(part.text) is not None for part in parts) > 1 else [segment]


def _entry(row: Row, heads: Sequence[_Head], locale: Locale) -> PackageRow | None:
    """None where the row is a sum or no row of the table."""
    if _is_sum(row):
        return None
    cells = _cells(row, heads, locale)
    return PackageRow(cells) if "description" in cells or len(cells) >= _FEWEST_HEADS else None


def _is_sum(row: Row) -> bool:
    return folded(row.segments[0].text).split(" ")[0] in _TOTAL


def _cells(
    row: Row, heads: Sequence[_Head], locale: Locale
) -> dict[str, tuple[str | float, tuple[Token, ...]]]:
    cells: dict[str, tuple[str | float, tuple[Token, ...]]] = {}
    for segment in row.segments:
        head = min(heads, key=lambda head: _distance(head, segment))
        for kind, value in _read(head.kind, segment, locale):
            if kind not in cells:
                cells[kind] = (value, segment.tokens)
            elif kind == "description":
                cells[kind] = (f"{cells[kind][0]} {value}", cells[kind][1] + segment.tokens)
    return cells


def _distance(head: _Head, segment: Segment) -> float:
    box = segment.bbox
    return min(abs(head.x0 - box.x0), abs(head.x1 - box.x1), abs(head.x0 + head.x1 - box.x0 - box.x1) / 2)


def _read(kind: str, segment: Segment, locale: Locale) -> Iterator[tuple[str, str | float]]:
    if kind not in _NUMBERS:
        yield "position" if kind == "sku" and _PLACE.fullmatch(segment.text) else kind, segment.text
        return
    found = next(iter(numbers_in(segment.text, locale)), None)
    if found is not None:
        value = float(found.value)
        yield kind, int(value) if value == int(value) and kind == "quantity" else value


def _goes_on(entry: PackageRow, found: list[PackageRow]) -> bool:
    """A row with a description only is a further line of the one above."""
    if set(entry.cells) != {"description"} or not found or "description" not in found[-1].cells:
        return False
    text, tokens = found[-1].cells["description"]
    more, words = entry.cells["description"]
    found[-1].cells["description"] = (f"{text} {more}", tokens + words)
    return True
