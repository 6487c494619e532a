"""Tax ids, register numbers, contacts and accounts: whose they are by what they stand under."""

import re
from collections.abc import Iterator

from octavo.pipeline.fields.party import Party
from octavo.pipeline.fields.readers.codes import ibans_in
from octavo.pipeline.fields.readers.contacts import emails_in, phones_in, urls_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Row, Segment, Token
from octavo.pipeline.fields.view import View

_TAX_LABEL = re.compile(
    r"(?P<label>(?:\b(?P<whose>ihre|your|customer|client|votre|kunden|buyer|su|cliente|uw)\b[^:]{0,12})?"
    r"(?<!\w)(?:u\.?st\.?\s?-?\s?id|umsatzsteuer-?\s?id|ust\.?-?ident|uid|vat|v\.a\.t|tva|btw|iva|p\.?\s?iva|partita iva|nif|cif|n\.i\.f|cvr|mva|gstin"
    r"|gst|abn|nip|dič|dic|ein|tax id|tax no|tax reg|tax number|moms|steuernummer|steuer-?nr|ust-?nr|contribuinte|cnpj|cui|ico|org\.? ?n[ro]|tin)"
    r"[\w.\s/()°º-]{0,28}?[:#]?\s*)(?P<value>(?-i:(?:[A-Z]{2,3}[\s-]?)?(?=[\w.\s/-]*\d{3})[A-Z0-9][A-Z0-9./-]{5,18}(?:\s[0-9A-Z]{2,4}\b){0,4}|(?-i:(?:[A-Z]{2,3}\s)?\d{2,4}(?:[\s.-]\d{2,4}){2,4}\b)))",
    re.IGNORECASE,
)
_PREFIXED = re.compile(
    r"\b(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|CHE)[\s-]?[A-Z]?\d[\dA-Z. ]{6,13}\b"
)
_REGISTER = re.compile(
    r"(?:\bHR\s?[AB]\s?(?:Nr\.?)?\s*:?\s*(?P<hr>\d{2,7}\s?[A-Z]?)\b|(?:siret|siren|rcs|company (?:reg(?:istration)?|no|number)|reg(?:istered)?\.? no|kvk|registro mercantil|rea)"
    r"[^\d:]{0,18}:?\s*(?P<other>[\d][\d\s./-]{4,17}\d))",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:\d{1,2}[./-]){1,2}(?:19|20)\d{2}\b|(?:19|20)\d{2}-\d{2}-\d{2}")
"""`Faktura VAT nr 14/02/2025` names no tax number."""
_LOCAL = re.compile(r"steuer-?n|steuernummer", re.IGNORECASE)
_FEWEST_DIGITS = 4
_NEAR = 0.14
"""Of the page's height: how far below an address its numbers may stand."""


def put_numbers(view: View, parties: dict[str, Party], locale: Locale, *, sender: str, receiver: str) -> None:
    for row in _rows(view):
        for segment in _joined(row):
            _put_tax(segment, parties, sender, receiver)
            _put_contacts(segment, parties, locale, sender)


def _rows(view: View) -> Iterator[Row]:
    for page in (*view.pages[:3], *view.pages[3:][-1:]):
        yield from page.rows


def _joined(row: Row) -> Iterator[Segment]:
    """Each run of words; a label and its value in the next run as one."""
    segments = row.segments
    for index, segment in enumerate(segments):
        if segment.text.rstrip().endswith(":") and index + 1 < len(segments):
            following = segments[index + 1]
            yield Segment((*segment.tokens, *following.tokens), f"{segment.text} {following.text}",
                          segment.bbox.union(following.bbox), segment.page, segment.bold, segment.font_size)  # fmt: skip
        elif not (index and segments[index - 1].text.rstrip().endswith(":")):
            yield segment


def _put_tax(segment: Segment, parties: dict[str, Party], sender: str, receiver: str) -> None:
    for match in _TAX_LABEL.finditer(segment.text):
        if sum(char.isdigit() for char in match["value"]) > _FEWEST_DIGITS and not _DAY.match(match["value"]):
            owner = parties.get(receiver if match["whose"] else _owner(segment, parties, sender))
            if owner is not None:
                _put_tax_id(owner, segment, match)
    register = _REGISTER.search(segment.text)
    if register is not None:
        owner = parties.get(_owner(segment, parties, sender))
        value = register["hr"] or register["other"]
        if owner is not None and owner.role == sender:
            owner.parts.setdefault(
                "registration_number", (register.group().strip() if register["hr"] else value, segment.tokens)
            )


def _put_tax_id(owner: Party, segment: Segment, match: re.Match[str]) -> None:
    """A number with the letters of its country is the tax id; a local one beside it is a registration."""
    local = bool(_LOCAL.search(match["label"]))
    said = (
        match["value"].strip() if local else re.sub(r"\s", "", match["value"]),
        _tokens(segment, match.start("value")),
    )
    known = owner.parts.get("tax_id")
    if known is None or (_PREFIXED.search(match["value"]) and not known[0][:2].isalpha()):
        if known is not None:
            owner.parts.setdefault("registration_number", known)
        owner.parts["tax_id"] = said
    elif local:
        owner.parts.setdefault("registration_number", said)


def _put_contacts(segment: Segment, parties: dict[str, Party], locale: Locale, sender: str) -> None:
    owner = parties.get(_owner(segment, parties, sender))
    if owner is None:
        return
    country = owner.parts["country"][0] if "country" in owner.parts else locale.country
    for email in emails_in(segment.text)[:1]:
        owner.parts.setdefault("email", (email.value, _tokens(segment, email.start, email.end)))
    for url in urls_in(segment.text)[:1]:
        owner.parts.setdefault("website", (url.value, _tokens(segment, url.start, url.end)))
    if "phone" not in owner.parts and re.search(
        r"\b(?:tel|phone|t[ée]l|fon|mobil|telefon)", segment.text, re.IGNORECASE
    ):
        for phone in phones_in(segment.text, country)[:1]:
            owner.parts["phone"] = (phone.value, _tokens(segment, phone.start, phone.end))
    if "iban" not in owner.parts and owner.role == sender:
        for iban in ibans_in(segment.text)[:1]:
            owner.parts["iban"] = (iban.value, _tokens(segment, iban.start, iban.end))


def _owner(segment: Segment, parties: dict[str, Party], sender: str) -> str:
    """The party whose address stands above in the same column, near; else who wrote the document."""
    best: tuple[float, str] | None = None
    for role, party in parties.items():
        for block in party.blocks:
            if block.page != segment.page:
                continue
            distance = segment.bbox.y0 - block.box.y1
            over = min(block.box.x1, segment.bbox.x1) - max(block.box.x0, segment.bbox.x0)
            aligned = over > 0 or segment in block.below
            if aligned and -block.box.height <= distance < _NEAR and (best is None or distance < best[0]):
                best = (distance, role)
    return best[1] if best is not None else sender


def _tokens(segment: Segment, start: int, end: int | None = None) -> tuple[Token, ...]:
    """The words of a run from one character on to another."""
    at, found = 0, []
    for token in segment.tokens:
        at = segment.text.find(token.text, at)
        if at + len(token.text) > start and (end is None or at < end):
            found.append(token)
        at += len(token.text)
    return tuple(found) or segment.tokens
