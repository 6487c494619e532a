"""Who sells and who buys: address blocks by their label, and by where letters put them."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.pipeline.fields.addresses import AddressBlock, address_blocks
from octavo.pipeline.fields.invoice_labels import HEAD
from octavo.pipeline.fields.items.vocabulary import plain
from octavo.pipeline.fields.party import Party
from octavo.pipeline.fields.party_numbers import put_numbers
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.receipts.looks import LEGAL_FORM
from octavo.pipeline.fields.roles import Roles, role_of
from octavo.pipeline.fields.tokens import Row, Segment
from octavo.pipeline.fields.view import View
from octavo.pipeline.fields.wording import folded

_PARTS = ("name", "street", "postal_code", "city", "state", "country")
_LABELLED, _BY_PLACE = 0.93, 0.72
_FOOTER, _HEAD = 0.86, 0.13
_MIDDLE, _LOW = 0.5, 0.74
"""Of the page's height: between them, an address without a label is part of what is sold."""
_OF_A_FIRM = re.compile(
    r"\b(?:rcs|siret|siren|capital|amtsgericht|hrb|tva|ust-?id|vat|p\.?\s?iva|kvk|reg(?:istered)? (?:no|office|in)|company no)\b",
    re.IGNORECASE,
)
"""What firms must print beside their address."""
_A_WORD, _SPACED = 3, 4
"""Letters, and words of fewer: `C R A I G M H O R` is set apart by a designer."""
_REGISTERED = re.compile(
    r"(?P<name>[A-Z][^,;:|·]{2,60}?),?[\s·|\u2013-]+(?:is )?(?:registered (?:in|office|no)|company (?:no|reg)|incorporated in|amtsgericht|handelsregister|sitz der gesellschaft|siège social|rcs|registro mercantil|kvk|cif|p\.?\s?iva)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"@|www\.|\b(?:tel|phone|fax|mobil|t[ée]l)\b|\b(?:iban|vat|ust|tva|siret)\b", re.IGNORECASE
)


def find_parties(view: View, roles: Roles, locale: Locale, *, sender: str, receiver: str) -> dict[str, Party]:
    """Parties by role.

    Args:
        view: The document; its first pages are looked at.
        roles: The labels of each role.
        locale: Of its numbers of phones.
        sender: The role of who wrote the document, for an address that has no label.
        receiver: The role of who it is addressed to.
    """
    blocks = [block for page in view.pages[:_PAGES] for block in address_blocks(page, roles)]
    found: dict[str, Party] = {}
    for role in roles:
        labelled = sorted((block for block in blocks if block.role == role), key=lambda block: block.rank)
        if labelled and role != "other":
            found[role] = _party(role, labelled[0], _LABELLED)
    _assign_rest(blocks, found, sender, receiver)
    for role in roles:
        if role not in found and role != "other":
            named = _named_only(view, role, roles)
            if named is not None:
                found[role] = named
    _by_register(view, found, sender)
    put_numbers(view, found, locale, sender=sender, receiver=receiver)
    return found


_PAGES = 3


def _party(role: str, block: AddressBlock, score: float) -> Party:
    parts = {name: block.parts[name] for name in _PARTS if name in block.parts}
    return Party(role, score, parts, [block])


def _assign_rest(blocks: Sequence[AddressBlock], found: dict[str, Party], sender: str, receiver: str) -> None:
    """Addresses without a label: letterheads, windows and footers."""
    free = [block for block in blocks if block.role is None]
    for block in free:
        for party in found.values():
            if _same_place(block, party.blocks[0]):
                party.blocks.append(block)
    free = [block for block in free if not any(block in party.blocks for party in found.values())]
    free = [block for block in free if block.on_one_line or not _MIDDLE < block.box.y0 < _LOW]
    if sender not in found and free:
        best = max(free, key=lambda block: _looks_sent(block, blocks))
        if receiver in found or len(_places(free)) > 1 or _looks_sent(best, blocks) > 2:
            found[sender] = _party(sender, _fullest(best, free), _BY_PLACE)
            found[sender].blocks = [block for block in free if _same_place(block, best)]
            free = [block for block in free if not _same_place(block, best)]
    if receiver not in found:
        window = [block for block in free if block.page == 1 and block.box.y0 < 0.5 and block.text("name")]
        if window:
            best = min(window, key=lambda block: (bool(block.on_one_line), block.box.y0))
            found[receiver] = _party(receiver, best, _BY_PLACE)


def _fullest(best: AddressBlock, free: Iterable[AddressBlock]) -> AddressBlock:
    """Of the same address printed several times, the one with the most parts."""
    return max((block for block in free if _same_place(block, best)), key=lambda block: len(block.parts))


def _looks_sent(block: AddressBlock, blocks: Sequence[AddressBlock]) -> float:
    score = 3.0 * block.on_one_line + 2.0 * (block.box.y0 > _FOOTER) + 1.5 * (block.box.y0 < _HEAD)
    score += 2.0 * any(_CONTACT.search(line.text) for line in block.below)
    score += 2.5 * bool(_OF_A_FIRM.search(block.line))
    score += 1.0 * (sum(_same_place(block, other) for other in blocks) > 1)
    return score - 3.0 * (block.text("name") is None)


def _same_place(one: AddressBlock, other: AddressBlock) -> bool:
    codes = one.text("postal_code") == other.text("postal_code")
    names = plain(one.text("name") or "") == plain(other.text("name") or "")
    streets = plain(one.text("street") or "") == plain(other.text("street") or "")
    return codes and (names or streets)


def _places(blocks: Iterable[AddressBlock]) -> set[tuple[str | None, str]]:
    return {(block.text("postal_code"), plain(block.text("street") or "")) for block in blocks}


def _by_register(view: View, found: dict[str, Party], sender: str) -> None:
    """A sender without a name that can be read: the firm of the line that says where it is registered."""
    party = found.get(sender)
    name = party.parts["name"][0] if party is not None and "name" in party.parts else ""
    short = sum(len(word) < _A_WORD for word in name.split())
    if name and (short < _SPACED or 2 * short < len(name.split())):
        return
    for page in view.pages[:_PAGES]:
        for segment in page.segments:
            match = _REGISTERED.match(segment.text) if segment.bbox.y0 > _MIDDLE else None
            if match and LEGAL_FORM.search(match["name"]):
                count = len(match["name"].split())
                said = match["name"].strip(" ,"), segment.tokens[:count]
                if party is None:
                    found[sender] = Party(sender, _BY_PLACE, {"name": said})
                else:
                    party.parts["name"] = said
                return


def _named_only(view: View, role: str, roles: Roles) -> Party | None:
    """A label with a name and no address that is known: what stands behind it, or below."""
    for page in view.pages[:_PAGES]:
        for number, row in enumerate(page.rows):
            for index, segment in enumerate(row.segments):
                named = role_of(segment.text, roles)
                if named is None or named[0] != role:
                    continue
                if named[2] and any(char.isalpha() for char in named[2]):
                    count = len(named[2].split())
                    return Party(role, _BY_PLACE, {"name": (named[2], segment.tokens[-count:])})
                below = _first_below(page.rows[number + 1 : number + 4], segment.bbox.x0)
                right = row.segments[index + 1] if index + 1 < len(row.segments) else None
                if below is not None and right is not None and folded(below.text) in _headings():
                    below = None  # rows of labels, each with its value beside it
                    found: Segment | None = right
                else:
                    found = below or (right if right and segment.text.endswith(":") else None)
                if found is not None and any(char.isalpha() for char in found.text) and ":" not in found.text:
                    return Party(role, _BY_PLACE, {"name": (found.text, found.tokens)})
    return None


@cache
def _headings() -> frozenset[str]:
    """What numbers and places of a shipment or a bill are called."""
    shipped = [label for spec in DOCUMENT_TYPES["bill_of_lading"].fields for label in spec.synonyms]
    return frozenset(folded(label) for labels in (*HEAD.values(), shipped) for label in labels)


def _first_below(rows: Sequence[Row], x0: float) -> Segment | None:
    for row in rows:
        for segment in row.segments:
            if abs(segment.bbox.x0 - x0) < 0.02:
                return segment
    return None
