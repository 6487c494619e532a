"""Blocks of an address: found by their line with a postal code, read upwards and downwards."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from octavo.domain.geometry import BBox
from octavo.pipeline.fields.items.vocabulary import plain
from octavo.pipeline.fields.places import (
    PostalLine,
    is_street,
    read_code_alone,
    read_country,
    read_postal_line,
    read_town,
)
from octavo.pipeline.fields.receipts.looks import LEGAL_FORM
from octavo.pipeline.fields.roles import Roles, role_of
from octavo.pipeline.fields.tokens import Row, Segment, Token, segment_of
from octavo.pipeline.fields.type_words import TITLES
from octavo.pipeline.fields.view import PageView

_MOST_ABOVE = 7
_MOST_BELOW = 9
_GAP = 2.7
"""Heights of a line: addresses have empty lines, other things stand further off."""
_SMALL_GAP = 0.03
"""Of the page's width."""
_ALIGNED = 0.012
_NAMED = re.compile(
    r"^(?:name|firma|company|company name|nom|nombre|nome|naam|raison sociale|ragione sociale|razón social|denominazione"
    r"|customer|client|kunde|cliente)\s*:\s*(.*)$",
    re.IGNORECASE,
)
_STREETED = re.compile(
    r"^(?:anschrift|adresse|address|street|straße|strasse|rue|dirección|direccion|domicilio|indirizzo|via|morada|endereço|adres)\s*:\s*(.*)$",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^(?:(?:an|to|à)\s+)?(?:herrn?|frau|familie|firma|fa\.?|eheleute|monsieur|madame|mademoiselle|mm?\.?|mme|mr\.?|mrs\.?|ms\.?|messrs\.?|spett\.?\s?(?:le|li)?|spettabile|(?:egr|gent|ill|preg)\.?(?:mo|ma|mi|le|li)?\.?(?:\s*sig(?:\.ra|ra|nor|nora)?\.?)?|sig(?:\.ra|ra|nor|nora)?\.?"
    r"|sra?\.?|d\.|dña\.?|exmos?\.?|de heer|mevrouw|dhr\.?|mevr\.?|fam\.?|pan|pani)(?:\s*(?:und|u\.|&|and|et|y|e|en|\+|/)\s*(?:herrn?|frau|familie|monsieur|madame|mme|mrs\.?|ms\.?|mevrouw))?\s*[,.:]?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:nif|cif|n\.i\.f|c\.i\.f|dni|siret|siren|rcs|tva|ust|vat|btw|kvk|p\.?\s?iva|org\.?\s?n|tel|t[ée]l|fax|e-?mail|www)\b",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(
    r"^(?:the\s+)?(?:(?:finance|accounts?|accounting|purchas\w+|procurement|billing)(?:\s+(?:department|dept\.?|payable|team|office|division))?|buchhaltung|kreditorenbuchhaltung"
    r"|rechnungswesen|einkauf|(?:service\s+)?comptabilit[ée]|service achats|departamento de \w+|contabilidad|administraci[óo]n|ufficio \w+|amministrazione|(?:crediteuren)?administratie"
    r"|dzia[łl] \w+|ksi[ęe]gowo[śs][ćc]|ekonomiavdelning\w*)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^(?:gln|globale nummer|nummer|kunden-?\s?(?:nr|nummer|no)|kd\.?-?\s?nr|customer (?:no|id|number)|n°|no\b|nr\b|tel|fax|e-?mail|www|http|siret|siren|tva|vat|ust"
    r"|steuer|iban|bic|hrb|abteilung|c/o|z\.?\s?hd|attn|att\.|page|seite|date|datum|invoice|rechnung|facture|factura|fattura|fatura"
    r"|factuur|original|copy|kopie|duplicata)(?!\w)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class AddressBlock:
    """What one address on the page says; each part with the words that say it."""

    parts: dict[str, tuple[str, tuple[Token, ...]]] = field(default_factory=dict)
    role: str | None = None
    rank: int = 99
    """How sure its label is: 0 is surest, 99 is no label."""
    page: int = 1
    box: BBox = field(default_factory=lambda: BBox(0, 0, 0, 0))
    below: tuple[Segment, ...] = ()
    """Lines under it in the same column: contacts, numbers."""
    on_one_line: bool = False
    line: str = ""
    """The whole run with the postal code."""

    def text(self, part: str) -> str | None:
        return self.parts[part][0] if part in self.parts else None


def address_blocks(page: PageView, roles: Roles) -> Iterator[AddressBlock]:
    rows = page.rows
    for number, row in enumerate(rows):
        if _in_table(row):
            continue
        for segment in _with_longer(row):
            postal = read_postal_line(_stripped(segment.text))
            stacked = _with_town(rows, number, segment) if postal is None else None
            if postal is not None:
                yield _block(rows, number, segment, postal, roles)
            elif stacked is not None:
                yield _block(rows, number - 1, *stacked, roles)


def _with_town(rows: Sequence[Row], at: int, segment: Segment) -> tuple[Segment, PostalLine] | None:
    """A code on a line of its own, and the town above."""
    code = read_code_alone(segment.text)
    above = _in_column(rows[at - 1], segment) if code and at else None
    town = read_town(above.text) if above is not None else None
    if above is None or code is None or town is None:
        return None
    return segment_of((*above.tokens, *segment.tokens)), PostalLine(code, town, None, "GB", "")


def _with_longer(row: Row) -> Iterator[Segment]:
    """Each run; where it is no postal line, with the next one too, if near: `Portland, OR   97205`."""
    for one, after in zip_longest(row.segments, row.segments[1:]):
        yield one
        near = after is not None and after.bbox.x0 - one.bbox.x1 < _SMALL_GAP
        if near and read_postal_line(_stripped(one.text)) is None:
            yield segment_of((*one.tokens, *after.tokens), bold=one.bold, font_size=one.font_size)


def _stripped(text: str) -> str:
    match = _STREETED.match(text)
    return match[1] if match else text


def _in_table(row: Row) -> bool:
    """A row of numbers: a five-digit number and a word there are no address."""
    return (
        sum(bool(re.fullmatch(r"\d{1,3}(?:[.,]?\d{3})*[.,]\d{2}", token.text)) for token in row.tokens) >= 2
    )


def _block(rows: Sequence[Row], at: int, segment: Segment, postal: PostalLine, roles: Roles) -> AddressBlock:
    block = AddressBlock(page=segment.page, box=segment.bbox, line=segment.text)
    _put_postal(block, segment, postal)
    above = _above(rows, at, segment, roles, block)
    if postal.before:
        _read_before(block, segment, postal.before)
    _read_above(block, above)
    block.below = tuple(_below(rows, at, segment, roles))
    for line in block.below[:2]:
        country = read_country(line.text)
        if country and "country" not in block.parts:
            block.parts["country"] = (country, line.tokens)
    return block


def _put_postal(block: AddressBlock, segment: Segment, postal: PostalLine) -> None:
    block.parts["postal_code"] = (postal.code, _said_by(segment, postal.code))
    city = re.sub(r"\s*\([^()]*\)$", "", postal.city)
    block.parts["city"] = (city, _said_by(segment, city))
    if postal.state:
        block.parts["state"] = (postal.state, _said_by(segment, postal.state))
    if postal.country:
        block.parts["country"] = (postal.country, segment.tokens)


def _said_by(segment: Segment, text: str) -> tuple[Token, ...]:
    """The words of a run that a part of it consists of."""
    words = text.split()
    tokens = segment.tokens
    for start in range(len(tokens) - len(words) + 1):
        window = tokens[start : start + len(words)]
        if all(word in token.text for word, token in zip(words, window, strict=True)):
            return window
    return tokens


def _above(
    rows: Sequence[Row], at: int, segment: Segment, roles: Roles, block: AddressBlock
) -> list[Segment]:
    """Lines of the same column, upwards, down to a label, a gap or another address."""
    lines: list[Segment] = []
    last = segment
    for row in reversed(rows[max(0, at - 24) : at]):
        far = last.bbox.y0 - row.bbox.y1 > _GAP * last.bbox.height
        if row.page != segment.page or far or len(lines) > _MOST_ABOVE:
            break
        found = _in_column(row, segment)
        label = _label_of(row, segment, found, roles)
        if label is not None:
            block.role, block.rank = label[0], label[1]
            if found is not None and found.text != label[2]:
                lines.append(found)
            break
        if any(read_postal_line(one.text) is not None for one in row.segments if _overlaps(one, segment)):
            break
        if found is not None:
            lines.append(found)
            last = found
    return lines


def _overlaps(one: Segment, other: Segment) -> bool:
    return min(one.bbox.x1, other.bbox.x1) > max(one.bbox.x0, other.bbox.x0)


def _label_of(row: Row, segment: Segment, found: Segment | None, roles: Roles) -> tuple[str, int, str] | None:
    """Role, rank and the label's run of words, in the column or left of it; a name behind the label is no label."""
    own = role_of(found.text, roles) if found is not None else None
    if own is not None and found is not None:
        return own[0], own[1], "" if own[2] else found.text
    beside = _label_beside(row, segment, roles)
    return (beside[0], beside[1], beside[2].text) if beside is not None else None


def _in_column(row: Row, segment: Segment) -> Segment | None:
    for other in row.segments:
        if abs(other.bbox.x0 - segment.bbox.x0) < _ALIGNED:
            return other
    for other in row.segments:
        shared = min(other.bbox.x1, segment.bbox.x1) - max(other.bbox.x0, segment.bbox.x0)
        if shared > 0.6 * min(other.bbox.width, segment.bbox.width):
            return other
    return None


def _label_beside(row: Row, segment: Segment, roles: Roles) -> tuple[str, int, Segment] | None:
    """A label further left, nothing but the block to its right: `Seller   Acme Ltd`."""
    left = [other for other in row.segments if other.bbox.x1 <= segment.bbox.x0 + 0.002]
    if not left:
        return None
    nearest = left[-1]
    named = role_of(nearest.text, roles)
    if named is None or named[2]:
        return None
    return named[0], named[1], nearest


def _below(rows: Sequence[Row], at: int, segment: Segment, roles: Roles) -> Iterator[Segment]:
    last = segment
    taken = 0
    for row in rows[at + 1 : at + 20]:
        if row.page != segment.page or row.bbox.y0 - last.bbox.y1 > _GAP * last.bbox.height:
            return
        found = _in_column(row, segment)
        if _label_beside(row, segment, roles) is not None:
            return
        if found is None:
            continue
        if (
            role_of(found.text, roles) is not None
            or read_postal_line(found.text) is not None
            or taken >= _MOST_BELOW
        ):
            return
        taken += 1
        last = found
        yield found


def _read_before(block: AddressBlock, segment: Segment, before: str) -> None:
    """`Acme Ltd · 1 High Street` or a street alone, on the line of the postal code."""
    split = re.split(r"\s*[,;|·•*\u2022\u25cf]\s*|\s[-\u2013\u2014]\s|\s{2,}", before)
    parts = [part.strip() for part in split if part.strip() and not _NUMBERED.match(part.strip())]
    if parts and ":" in parts[0]:
        parts[0] = _unlabelled(parts[0])
    if not parts or any(":" in part for part in parts):
        return
    if len(parts) > 1 and is_street(parts[0]) and not LEGAL_FORM.search(parts[0]):
        street = ", ".join(parts)
        block.parts["street"] = (street, _said_by(segment, street))
        return
    if len(parts) == 1 and is_street(parts[0]):
        block.parts["street"] = (parts[0], _said_by(segment, parts[0]))
        return
    block.on_one_line = True
    block.parts["name"] = (parts[0], _said_by(segment, parts[0]))
    if parts[1:]:
        block.parts["street"] = (", ".join(parts[1:]), _said_by(segment, parts[1]))


def _read_above(block: AddressBlock, above: Sequence[Segment]) -> None:
    """Bottom up: the street, whatever else, the name on top. Labelled numbers are no names."""
    lines: list[tuple[str, Segment]] = []
    for segment in above:
        text = _unlabelled(segment.text)
        if _may_be_line(text):
            lines.append((text, segment))
            block.box = block.box.union(segment.bbox)
    if lines and "street" not in block.parts and (is_street(lines[0][0]) or len(lines) > 1):
        text, segment = lines.pop(0)
        block.parts["street"] = (text, _said_by(segment, text))
    while len(lines) > 1 and is_street(lines[0][0]) and not is_street(lines[-1][0]):
        text, segment = lines.pop(0)
        street, tokens = block.parts["street"]
        block.parts["street"] = (f"{text}, {street}", (*_said_by(segment, text), *tokens))
    while len(lines) > 1 and _DEPARTMENT.match(lines[-1][0].strip()):
        lines.pop()
    if lines and "name" not in block.parts:
        text, segment = lines[-1]
        name = re.split(r"\s[\u2013\u2014|·•]\s", text)[0].strip(" ,")
        block.parts["name"] = (name, _said_by(segment, name))


def _unlabelled(text: str) -> str:
    """`Name: Acme` is Acme; `Customer no: 4711` stays, to be told from a name."""
    for form in (_NAMED, _STREETED):
        match = form.match(text)
        if match is not None and match[1]:
            return match[1]
    labelled = re.match(r"^[^:]{2,28}:\s+(\S.*)$", text)
    return labelled[1] if labelled is not None and not _NO_NAME.match(text) else text


@cache
def titles() -> frozenset[str]:
    """What papers call themselves, which stands above names."""
    return frozenset(plain(title) for names in TITLES.values() for title in names)


def is_salutation(text: str) -> bool:
    """`Herrn und Frau` above the name."""
    return bool(_SALUTATION.match(text.strip()))


def _may_be_line(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    if letters < 2 or len(text) > 90 or _NO_NAME.match(text) or is_salutation(text):
        return False
    digits = sum(char.isdigit() for char in text)
    if plain(text) in titles():
        return False
    return digits <= letters and "@" not in text and not text.rstrip().endswith(":") and plain(text) != ""
