"""Contracts: title, parties, dates, term, law and signatures, mostly from sentences.  Start reading here."""

import re
from collections.abc import Iterator
from dataclasses import replace

from octavo.domain.document_types.contract import CONTRACT
from octavo.domain.field import Field
from octavo.domain.template import FieldOrder, FieldType
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.hits import Vocabulary
from octavo.pipeline.fields.kinds.agreement import words
from octavo.pipeline.fields.kinds.agreement.prose import Prose, prose_of
from octavo.pipeline.fields.kinds.agreement.signatures import signature_fields
from octavo.pipeline.fields.labels import LabelSearch
from octavo.pipeline.fields.readers.currencies import currency_of_country
from octavo.pipeline.fields.readers.dates import DateReading, dates_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.money import MoneyReading, amounts_in
from octavo.pipeline.fields.view import Segment, View, place_of, source_of

_NEAR = 140
"""Letters from a phrase to the date or amount it is about."""
_HEAD = 2600
"""Letters at the start within which the parties are named."""
_ROLE_AFTER = 260
_FOUND, _GUESSED = 0.85, 0.7
_NAME_END = re.compile(
    r",(?!\s*(?:LLC|L\.L\.C|Inc|Ltd|LLP|L\.L\.P|LP|L\.P|Corp|PLC|N\.A|S\.?A|S\.?L|S\.?r\.?l|GmbH|AG|Lda|B\.?V)\b)|;|\(|\n|\s+(?:with|having|whose|residing|located|registered|incorporated|mit sitz|wohnhaft|vertreten|ansässig|dont|demeurant|sis\b|domicilié|ayant|con (?:sede|domicilio)|domiciliad[oa]|residente|com sede|morador|gevestigd|wonende|statutair|a company|eine gesellschaft|société)\b", re.IGNORECASE
)  # fmt: skip
_LEAD = re.compile(
    r"^(?:\(?[0-9ivxa-c]{1,3}[.)]\s*|[-\u2013\u2022]\s*|the (?=company\b)|:"
    r"|(?:la soci[ée]t[ée]|la societ[àa]|la ditta|la sociedad|la empresa|la mercantil|a sociedade|a empresa|die firma|de besloten vennootschap|de vennootschap|firma|the company|the firm|(?-i:der|die|das|den|dem|het|de|la|le|el|il|lo)|herrn?|frau|mevrouw|de heer|dhr\.?)\s+(?=(?-i:[A-ZÀ-Þ])))+",
    re.IGNORECASE,
)


def find_contract(view: View, locale: Locale, order: FieldOrder) -> Findings:
    """What is labelled is taken from its label; the rest from the sentences that say it."""
    del order  # the type says it all
    if not view.pages:
        return Findings()
    prose = prose_of(view)
    found = _labelled(view, locale)
    title = _title(view)
    if title is not None:
        found["title"] = _field("title", title.text, title)
    for name, pattern in (
        ("effective_date", words.EFFECTIVE),
        ("end_date", words.END),
        ("signature_date", words.SIGNED),
    ):
        if name not in found:
            _put(found, name, _date_near(prose, pattern, locale, last=name == "signature_date"), prose)
    _spans(prose, found)
    _law(prose, found)
    _value(prose, found, locale)
    if "effective_date" not in found and "signature_date" in found:
        found["effective_date"] = replace(found["signature_date"], path="effective_date", confidence=_GUESSED)
    parties = list(_parties(prose))
    return Findings([*found.values(), *parties, *signature_fields(view, locale)])


def _labelled(view: View, locale: Locale) -> dict[str, Field]:
    """`Effective date: 1 March 2024` and the like, which need a colon or a cell of their own."""
    specs = {
        spec.name: spec
        for spec in CONTRACT.fields
        if spec.synonyms and spec.type not in {FieldType.OBJECT, FieldType.ARRAY}
    }
    search = LabelSearch(view.rows, Vocabulary({name: spec.synonyms for name, spec in specs.items()}), locale)
    found = {}
    for name, spec in specs.items():
        for hit in search.named(name):
            row = search.rows[hit.row]
            apart = hit.text.endswith(":") or any(s.tokens[-1] is hit.tokens[-1] for s in row.segments[:-1])
            candidates = search.at(hit, spec) if apart and hit.first == 0 else []
            if (
                candidates
                and len(candidates[0].raw_text) < 80
                and not words.TITLE.fullmatch(candidates[0].raw_text)
            ):
                found[name] = candidates[0].to_field(name, confidence=_FOUND * candidates[0].score)
                break
    return found


def _title(view: View) -> Segment | None:
    """The largest line of the first page's upper half that names a kind of contract."""
    named = [
        segment
        for segment in view.pages[0].segments
        if segment.bbox.y0 < 0.5
        and words.TITLE.search(segment.text)
        and len(segment.text) < 90
        and not segment.text.endswith(".")
    ]
    return max(
        named, key=lambda segment: (segment.font_size or 0, segment.bold, -segment.bbox.y0), default=None
    )


def _date_near(
    prose: Prose, pattern: re.Pattern[str], locale: Locale, *, last: bool
) -> tuple[int, int, str] | None:
    """The date right behind a phrase, or a little before its verb (`tritt am … in Kraft`)."""
    found = []
    for match in pattern.finditer(prose.text):
        after = prose.text[match.end() : match.end() + _NEAR]
        ended = words.END.search(after) if pattern is words.EFFECTIVE else None
        after = after[: ended.start()] if ended else after
        readings: list[DateReading] = dates_in(after, locale)
        if readings and readings[0].start < _NEAR - 60:
            one = readings[0]
            found.append((match.end() + one.start, match.end() + one.end, one.value.isoformat()))
    return (found[-1] if last else found[0]) if found else None


def _put(found: dict[str, Field], name: str, one: tuple[int, int, str] | None, prose: Prose) -> None:
    if one is not None:
        start, end, value = one
        tokens = prose.tokens(start, end)
        found[name] = Field(name, value, source_of(tokens), prose.text[start:end], place_of(tokens), _FOUND)


def _spans(prose: Prose, found: dict[str, Field]) -> None:
    """Terms and notice periods: a length of time beside a word for either."""
    for match in words.SPAN.finditer(prose.text):
        around = prose.text[max(0, match.start() - 110) : match.end() + 60]
        before = prose.text[max(0, match.start() - 110) : match.start()]
        name = (
            "notice_period" if words.NOTICE.search(around) else "term" if words.TERM.search(before) else None
        )
        if name and name not in found and _counts(match["span"]):
            _put(found, name, (match.start("span"), match.end("span"), match["span"]), prose)


def _counts(span: str) -> bool:
    return (
        span[0].isdigit() or span.split(maxsplit=1)[0].split("-", maxsplit=1)[0].casefold() in _NUMBER_WORDS
    )


_NUMBER_WORDS = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "eighteen", "twenty", "thirty", "sixty", "ninety", "ein", "eine", "einem", "einen", "einer", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "zwölf", "un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "douze", "uno", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "doce", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "dodici", "ventiquattro", "trentasei", "vingt", "trente", "veinticuatro", "vierundzwanzig", "sechsunddreißig", "achtzehn", "dieciocho", "diciotto", "um", "uma", "dois", "duas", "três", "quatro", "sete", "oito", "nove", "dez", "doze", "een", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "twaalf"]
)  # fmt: skip


def _law(prose: Prose, found: dict[str, Field]) -> None:
    for name, group, patterns in (
        ("governing_law", "law", words.LAW),
        ("jurisdiction", "where", words.COURTS),
    ):
        for pattern in patterns:
            match = pattern.search(prose.text)
            if match and name not in found:
                value = match[group].strip()
                start = match.start(group)
                _put(found, name, (start, start + len(match[group].rstrip()), value), prose)


def _value(prose: Prose, found: dict[str, Field], locale: Locale) -> None:
    """The first amount with decimals or a currency close behind a word for a price."""
    if "value" not in found:
        for match in words.VALUE.finditer(prose.text):
            after = _FULL_STOP.sub(" ", prose.text[match.end() : match.end() + 90])
            amounts: list[MoneyReading] = [
                one for one in amounts_in(after, locale) if one.currency or one.decimals == 2
            ]
            if amounts:
                one = amounts[0]
                start = match.end() + one.start
                tokens = prose.tokens(start, start + len(one.raw_text))
                found["value"] = Field(
                    "value", float(one.value), source_of(tokens), one.raw_text, place_of(tokens), _FOUND
                )
                code = one.currency or locale.currency or currency_of_country(locale.country)
                if code:
                    found["currency"] = replace(found["value"], path="currency", value=code)
                return


def _parties(prose: Prose) -> Iterator[Field]:
    """What stands between `between` and the first clause, cut at `and`; names end at a comma or bracket."""
    head = prose.text[:_HEAD]
    match = words.BETWEEN.search(head)
    if match is None:
        return
    number = 0
    for start, end in _chunks(head, match.end()):
        text = head[start:end]
        lead = len(text) - len(_LEAD.sub("", text.lstrip(" :\n\u2013-")))
        name = re.split(_NAME_END, text[lead:], maxsplit=1)[0].strip(" :\u2013-\n")
        if not name or not name[0].isupper() or len(name) > 90:
            continue
        at = head.index(name, start)
        tokens = prose.tokens(at, at + len(name))
        yield Field(f"parties.{number}.name", name, source_of(tokens), name, place_of(tokens), _FOUND)
        yield from _role_and_address(prose, at + len(name), end, number)
        number += 1
        if number == _MOST_PARTIES:
            return


_MOST_PARTIES = 6
_FULL_STOP = re.compile(r"(?<=\d)\.(?=\s|$)")


def _chunks(head: str, start: int) -> Iterator[tuple[int, int]]:
    """One run of text a party: each ends with its role in quotation marks, or at `and` between two paragraphs."""
    roles = list(words.ROLE.finditer(head, start))
    if roles and roles[0].end() - start < 700:
        for role in roles[:_MOST_PARTIES]:
            gap = AND_LEAD.match(head, start)
            begin = gap.end() if gap else start
            if role.start() - begin > 700:
                return
            yield begin, role.end()
            start = role.end()
        return
    joint = re.search(r"\n\s*(?:and|und|et|y|e|ed|en)\s*:?\s*\n", head[start:], re.IGNORECASE) or re.search(
        r",?\s+(?:and|und|et|y|e|ed|en)\s+(?=[A-ZÄÖÜÉ])", head[start : start + 300]
    )
    if joint:
        yield start, start + joint.start()
        yield start + joint.end(), min(len(head), start + joint.end() + 300)


AND_LEAD = re.compile(r"[\s,.;)\]\u2013-]*(?:(?:genannt|called|on the (?:one|other) (?:hand|part)|einerseits|andererseits|d['\u2019]une part|d['\u2019]autre part|de una parte|de otra parte|da una parte|dall['\u2019]altra)[\s,.;\u2013-]*)*(?:(?:and|und|et|y|e|ed|en|i|och)\b)?[\s,:]*(?:(?:on the other (?:hand|part)|d['\u2019]autre part|de (?:la )?otra(?: parte)?|dall['\u2019]altra(?: parte)?|de outra(?: parte)?|andererseits|anderzijds)[\s,:]*)?", re.IGNORECASE)  # fmt: skip


def _role_and_address(prose: Prose, start: int, end: int, number: int) -> Iterator[Field]:
    role = words.ROLE.search(prose.text, start, end)
    if role:
        tokens = prose.tokens(role.start("role"), role.end("role"))
        yield Field(
            f"parties.{number}.role",
            role["role"].strip(),
            source_of(tokens),
            role["role"],
            place_of(tokens),
            _FOUND,
        )
    between = prose.text[start : role.start() if role else end]
    address = _ADDRESS.search(between)
    if address:
        at = start + address.start("address")
        lead = _ADDRESS_LEAD.match(address["address"])
        skipped = lead.end() if lead else 0
        raw = address["address"][skipped:].rstrip(" ,;\n-\u2013")
        value = " ".join(raw.split())
        tokens = prose.tokens(at + skipped, at + skipped + len(raw))
        yield Field(f"parties.{number}.address", value, source_of(tokens), value, place_of(tokens), _GUESSED)


_ADDRESS = re.compile(r"(?P<address>[^,;(\n]*\d[^;()\n]*(?:\n[^;()\n]*\d{4,5}[^;()\n]*)?)")


_ADDRESS_LEAD = re.compile(
    r"^.*?\b(?:(?:office|business|seat|address|located|residing|resident|domiciled|incorporated)[^,\d]{0,20}?\b(?:at|in|of)|situ[ée]e?(?: au| à)?|demeurant(?: au| à)?|domicilié[e]?(?: au| à)?|sis[e]?(?: au)?|domicili(?:o|ad[oa]) en"
    r"|resident[ei] (?:in|em|en)|sede (?:in|em|na)|morador[a]? (?:em|na)|(?:gevestigd|wonende|kantoorhoudende) (?:te|aan(?: de)?)|(?:mit )?sitz in|wohnhaft(?: in)?|ansässig in)\s*:?\s+", re.IGNORECASE | re.DOTALL
)  # fmt: skip


def _field(path: str, value: str, segment: Segment) -> Field:
    return Field(path, value, source_of(segment.tokens), segment.text, place_of(segment.tokens), _FOUND)
