"""Shippers, consignees and their like: the lines below or beside a label, taken apart."""

import re
from collections.abc import Iterator, Sequence

from octavo.domain.field import Field
from octavo.pipeline.fields.hits import LabelHit
from octavo.pipeline.fields.labels import LabelSearch
from octavo.pipeline.fields.places import read_country, read_postal_line
from octavo.pipeline.fields.readers.codes import vat_numbers_in
from octavo.pipeline.fields.readers.contacts import emails_in, phones_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.view import Row, Segment, Token, place_of, segment_of, source_of

_FLUSH = 0.012
"""Share of the page by which lines of one block may differ at their start."""
_INSET = 0.035
"""A block may begin this far right of its label."""
_GAP = 2.2
"""Heights of a line; above, a block has ended."""
_MOST_LINES = 8
_OF_A_TABLE = 5
"""Runs of words side by side: a table begins."""
_SCORE = 0.9
_EXPLAINS = re.compile(r"\(|['\u2019]s\b")
_PART = re.compile(
    r"(?:company |full |business )?(?:name|address|street|city(?:[/ ,]+state(?:[/ ,]+zip)?)?|firma|anschrift|adresse|nom|nombre|nome|dirección|indirizzo|naam|adres)\s?:",
    re.IGNORECASE,
)
_SEPARATORS = " :;,-\u2013|"


def party_fields(search: LabelSearch, name: str, locale: Locale) -> list[Field]:
    """The first label with lines decides."""
    hits = [hit for hit in search.named(name) if not _is_in_brackets(search.rows[hit.row], hit)]
    for hit in sorted(hits, key=lambda hit: -hit.score):
        lines = [_without_label(line) for line in _block(search, hit)]
        if lines and any(c.isalpha() for c in lines[0].text):
            return _taken_apart(name, lines, locale)
    return []


def _is_in_brackets(row: Row, hit: LabelHit) -> bool:
    """`Goods consigned from (Exporter's name …)`: what a label explains is none."""
    before = " ".join(token.text for token in row.tokens[: hit.first])
    return before.count("(") > before.count(")") or hit.tokens[0].text.startswith("(")


def _without_label(line: Segment) -> Segment:
    """`City/State/Zip: Fargo, ND 58102`: what stands behind the colon, and a name without `Name:`."""
    at = next((place for place, token in enumerate(line.tokens) if token.text.endswith(":")), None)
    if at is None or at + 1 == len(line.tokens) or not _PART.match(line.text):
        return line
    return segment_of(line.tokens[at + 1 :], bold=line.bold, font_size=line.font_size)


def _block(search: LabelSearch, hit: LabelHit) -> Iterator[Segment]:
    row = search.rows[hit.row]
    start = _beside(row, hit, search)
    if start is not None:
        yield start
        yield from _lines(search, hit.row + 1, start, flush=start.bbox.x0, slack=_FLUSH)
        return
    label = search.whole(hit)
    run = next(iter(_with(hit, row)), label)
    is_open = run.text.count("(") > run.text.count(")")
    for line in _lines(search, hit.row + 1, label, flush=label.bbox.x0, slack=_INSET):
        if not is_open:
            yield line
        is_open = is_open and ")" not in line.text


def _beside(row: Row, hit: LabelHit, search: LabelSearch) -> Segment | None:
    """Words behind the label on its own row, up to the next label or a wide gap."""
    starts = {id(run.tokens[0]) for run in row.segments}
    stop = min(
        (
            o.first
            for o in search.hits
            if o.row == hit.row
            and o.first >= hit.end
            and (id(o.tokens[0]) in starts or o.text.endswith(":") or o.first == hit.end)
        ),
        default=None,
    )
    tokens = row.tokens[hit.end : stop]
    led = hit.text.endswith(":") or any(token.text.startswith(":") for token in tokens[:1])
    while tokens and not tokens[0].text.strip(_SEPARATORS):
        tokens = tokens[1:]
    if not tokens:
        return None
    if _EXPLAINS.match(tokens[0].text):
        return None
    segment = next(s for s in row.segments if any(t is tokens[0] for t in s.tokens))
    own = [token for token in tokens if any(t is token for t in segment.tokens)]
    below = search.rows[hit.row + 1] if hit.row + 1 < len(search.rows) else None
    goes_on = below is not None and any(abs(s.bbox.x0 - own[0].bbox.x0) < _FLUSH for s in below.segments)
    if not led and (not goes_on or (segment not in _with(hit, row) and _has_lines(search, hit))):
        return None
    return segment_of(own) if any(c.isalpha() for c in own[0].text) else None


def _with(hit: LabelHit, row: Row) -> list[Segment]:
    """The run the label stands in."""
    return [run for run in row.segments if any(token is hit.tokens[-1] for token in run.tokens)]


def _has_lines(search: LabelSearch, hit: LabelHit) -> bool:
    """A box: its lines stand below its label, and what is beside it is the next box's label."""
    label = search.whole(hit)
    line = next(_lines(search, hit.row + 1, label, flush=label.bbox.x0, slack=_FLUSH), None)
    return line is not None and line.text[:1].isupper()


def _lines(
    search: LabelSearch, first: int, above: Segment, *, flush: float, slack: float
) -> Iterator[Segment]:
    labelled = {(hit.row, id(token)) for hit in search.hits for token in hit.tokens}
    last, count, at = above, 0, flush
    for number in range(first, len(search.rows)):
        row = search.rows[number]
        if row.page != above.page or count == _MOST_LINES or len(row.segments) >= _OF_A_TABLE:
            return
        fitting = [s for s in row.segments if -_FLUSH <= s.bbox.x0 - at <= slack]
        if row.bbox.y0 - last.bbox.y1 > _GAP * max(last.bbox.height, 0.006):
            return
        if not fitting:
            continue
        line = fitting[0]
        if (number, id(line.tokens[0])) in labelled:
            return
        at, slack, last, count = line.bbox.x0, _FLUSH, line, count + 1
        yield line


def _taken_apart(role: str, lines: Sequence[Segment], locale: Locale) -> list[Field]:
    found: dict[str, tuple[str, tuple[Token, ...]]] = {
        "name": (lines[0].text.strip(_SEPARATORS), lines[0].tokens)
    }
    address: list[Segment] = []
    for line in lines[1:]:
        if not _contact(line, found, locale):
            address.append(line)
            _part_of_address(line, found)
    if address:
        whole = ", ".join(line.text.strip(_SEPARATORS) for line in address)
        found["address"] = (whole, tuple(token for line in address for token in line.tokens))
    return [
        Field(
            f"{role}.{name}",
            value,
            source_of(tokens),
            " ".join(token.text for token in tokens),
            place_of(tokens),
            _SCORE,
        )
        for name, (value, tokens) in found.items()
    ]


def _contact(line: Segment, found: dict[str, tuple[str, tuple[Token, ...]]], locale: Locale) -> bool:
    readings = (
        ("email", [mail.value for mail in emails_in(line.text)]),
        ("tax_id", [code.value for code in vat_numbers_in(line.text, locale.country) if code.proven]),
        (
            "phone",
            [phone.value for phone in phones_in(line.text, locale.country)]
            if _names_phone(line.text)
            else [],
        ),
    )
    for name, values in readings:
        if values and name not in found:
            found[name] = (values[0], line.tokens)
            return True
    return False


def _names_phone(text: str) -> bool:
    return "+" in text or any(word in text.casefold() for word in ("tel", "phone", "tél", "fon"))


def _part_of_address(line: Segment, found: dict[str, tuple[str, tuple[Token, ...]]]) -> None:
    country = read_country(line.text)
    if country:
        found.setdefault("country", (country, line.tokens))
        return
    postal = read_postal_line(line.text)
    if postal and "city" not in found:
        found["postal_code"] = (postal.code, line.tokens)
        found["city"] = (postal.city, line.tokens)
        if postal.state:
            found["state"] = (postal.state, line.tokens)
        return
    if "street" not in found and "city" not in found:
        found["street"] = (line.text.strip(_SEPARATORS), line.tokens)
