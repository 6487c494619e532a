"""Lines of addresses: where a line is a postal code with its city, a country, a street."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from octavo.pipeline.fields.items.vocabulary import plain

_CITY = r"(?P<city>[^\W\d][^\d,;:|@]{1,48}?)"
_TAIL = r"(?:\s+(?:CEDEX|Cedex|cedex)(?:\s+\d{1,2})?)?"
_COUNTRY = r"(?:(?P<land>[A-Z]{1,3})(?:\s*[-\u2013]\s*|\s+))?"
_STATE = (
    "NSW|VIC|QLD|TAS|ACT|AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH"
    "|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR|SA|NT|ON|QC|BC|AB|MB|SK|NS|NB|NL|PE"
)
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas"
    "|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire"
    "|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina"
    "|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
)

_FORMS: tuple[tuple[re.Pattern[str], str | None], ...] = (
    # Netherlands, before the plain four digits: 1234 AB Amsterdam
    (re.compile(rf"{_COUNTRY}(?P<code>\d{{4}}\s?[A-Z]{{2}})\s+{_CITY}"), "NL"),
    # Portugal: 1200-195 Lisboa
    (re.compile(rf"{_COUNTRY}(?P<code>\d{{4}}-\d{{3}})\s+{_CITY}"), "PT"),
    # Poland: 00-950 Warszawa
    (re.compile(rf"{_COUNTRY}(?P<code>\d{{2}}-\d{{3}})\s+{_CITY}"), "PL"),
    # Brazil: 01310-100 São Paulo, also behind the city
    (re.compile(rf"(?:CEP:?\s*)?(?P<code>\d{{5}}-\d{{3}})[\s,-]+{_CITY}"), "BR"),
    # Czechia, Slovakia, Sweden, Greece: 110 00 Praha
    (re.compile(rf"{_COUNTRY}(?P<code>\d{{3}}\s\d{{2}})\s+{_CITY}"), None),
    # Italy with its province: 20121 Milano (MI), 20121 Milano MI
    (
        re.compile(
            rf"{_COUNTRY}(?P<code>\d{{5}})\s+{_CITY}\s*(?:\((?P<state>[A-Z]{{2}})\)|\s(?P<state2>[A-Z]{{2}}))"
        ),
        "IT",
    ),
    # United States, Australia: Springfield, IL 62704-1234; Sydney NSW 2000
    (re.compile(rf"{_CITY},?\s+(?P<state>{_STATE})\.?,?\s+(?P<code>\d{{5}}(?:-\d{{4}})?)"), "US"),
    (re.compile(rf"{_CITY},\s+(?P<state>{_STATE_NAMES}),?\s+(?P<code>\d{{5}}(?:-\d{{4}})?)"), "US"),
    (re.compile(rf"{_CITY},?\s+(?P<state>NSW|VIC|QLD|WA|SA|TAS|ACT|NT)\s+(?P<code>\d{{4}})"), "AU"),
    # Canada: Toronto, ON M5H 2N2
    (re.compile(rf"{_CITY},?\s+(?P<state>{_STATE})?\s*(?P<code>[A-Z]\d[A-Z]\s?\d[A-Z]\d)"), "CA"),
    # United Kingdom: London SW1A 1AA, with a county or a comma
    (re.compile(rf"{_CITY},?\s+(?P<code>[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}})"), "GB"),
    # Four to six digits before the city: most of Europe, D-80333 München, FR 75001 PARIS
    (re.compile(rf"{_COUNTRY}(?P<code>\d{{4,6}})\s+{_CITY}{_TAIL}"), None),
    # City and code the other way round: Singapore 048616, Kuala Lumpur 50450, Dublin D02 X285
    (re.compile(rf"{_CITY},?\s+(?P<code>[A-Z]\d[\dW]\s?[A-Z\d]{{4}}|\d{{5,6}})"), None),
)
_CODE_ALONE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}")
"""Of the United Kingdom, which stands on a line of its own below the town."""
_ENDS_AS_STREET = re.compile(
    r"\s(?:street|st\.?|road|rd\.?|avenue|ave\.?|lane|ln\.?|drive|dr\.?|blvd\.?|boulevard|way|court|ct\.?|place|pl\.?|square|sq\.?|highway|hwy\.?|pkwy|parkway|terrace|ter\.?|circle|cir\.?|trail|crescent|close)$",
    re.IGNORECASE,
)
"""`9080 Laguna Main St`: a house and its street."""
_COUNTY = re.compile(
    r"\w+shire|cambs|lancs|staffs|herts|beds|bucks|berks|hants|wilts|glos|oxon|northants|notts|lincs|leics|worcs|salop|warks|derbys|yorks|north yorks|west yorks|kent|surrey|(?:east |west )?sussex|essex"
    r"|norfolk|suffolk|devon|dorset|somerset|cornwall|cumbria|middlesex|merseyside|tyne (?:and|&) wear|gwynedd|powys|dyfed|clwyd|gwent|fife|co\.? \w+|county \w+|isle of \w+",
    re.IGNORECASE,
)
"""Before a British code: the town stands before it."""
_PARTED = re.compile(r"\s*[·•|]\s*")
_LABEL = re.compile(
    r"\b(?:nr|no|n°|hr[ab]|gln|gtin|ean|tel|fax|ref|id|invoice|rechnung|order|date|datum|kunden\w*|siret|rcs|total|page|seite|account|konto\w*"
    r"|blz|code|vat|tax|number|nummer|po|pmb|box|suite|ste|unit|apt|room|bldg|stk|kg|pcs|kwh|eur|usd|days|tage|jours)\b",
    re.IGNORECASE,
)
_LETTERS = {
    "D": "DE",
    "A": "AT",
    "F": "FR",
    "I": "IT",
    "E": "ES",
    "B": "BE",
    "L": "LU",
    "P": "PT",
    "S": "SE",
    "N": "NO",
}
_STREET_WORDS = re.compile(
    r"(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|markt)\b|\b(?:street|st\.?|road|rd\.?|avenue|ave\.?|lane"
    r"|drive|dr\.?|blvd|boulevard|way|court|square|place|suite|floor|unit|park|house|rue|chemin|impasse|quai|route|all[ée]e|cours"
    r"|calle|c\.|parque|pol[íi]gono|pol\. ind|edif(?:icio)?|urbanización|carretera|ctra|travesía|ronda|camino|quinta|strada|vicolo|quartier|bâtiment|résidence|gewerbepark|bedrijvenpark|postbus|singel|gracht|dreef|avda\.?|avenida|plaza|paseo|carrer|via|viale|piazza|corso|rua|r\.|av\.|travessa|largo|straat|laan|plein|kade"
    r"|ul\.|ulica|aleja|al\.|gata|vägen|vej|gade|postfach|p\.?\s?o\.?\s?box|bp|box|zone|zi|za|lote|km|jalan|lorong)\b"
    r"|(?<!\w)c/\s?(?=\w)",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"(?:^|\s)\d{1,5}\s?[a-zA-Z]?(?:[-/\u2013]\s?\d{1,5}\s?[a-zA-Z]?)?(?:$|[\s,])")


@dataclass(frozen=True, slots=True)
class PostalLine:
    code: str
    city: str
    state: str | None
    country: str | None
    """By its form or the letters before the code; the document's own country is surer."""
    before: str
    """What stands before it on the line: a street."""


def read_postal_line(text: str) -> PostalLine | None:
    """The postal code and city of a line that has both."""
    bare = text.strip(" ,;|·•")
    whole = _whole(bare)
    if whole is not None:
        return whole
    parted = _PARTED.split(bare)
    for town, code in pairwise(parted):
        if _CODE_ALONE.fullmatch(code.strip()) and read_town(town):
            return PostalLine(
                code.strip(), town.strip(), None, "GB", bare[: bare.index(town)].strip(" ,·|•-")
            )
    for part, before in _parts(bare):
        found = _whole(part)
        if found is not None and found.country == "GB" and _COUNTY.fullmatch(found.city):
            rest, _, town = before.rpartition(",")
            if read_town(town):
                return PostalLine(found.code, town.strip(), found.city, "GB", rest.strip())
        if found is not None:
            return PostalLine(found.code, found.city, found.state, found.country, before)
    return None


def read_code_alone(text: str) -> str | None:
    """A postal code that is a line by itself and can be nothing else."""
    bare = text.strip(" ,.")
    return bare if _CODE_ALONE.fullmatch(bare) else None


def read_town(text: str) -> str | None:
    """A line that may be a town above its postal code."""
    bare = text.strip(" ,.")
    return bare if 2 < len(bare) < 40 and all(char.isalpha() or char in " -'." for char in bare) else None


def _whole(text: str) -> PostalLine | None:
    for form, country in _FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        groups = match.groupdict()
        land = _LETTERS.get(groups.get("land") or "", groups.get("land") or "")
        code = groups["code"]
        if (form is _FORMS[-2][0] and land == "" and _is_year(code)) or _LABEL.search(groups["city"]):
            continue
        if (form is _FORMS[-2][0] or country == "NL") and _ENDS_AS_STREET.search(f" {groups['city']}"):
            continue
        city, named = _without_country(groups["city"].strip(" ,-"))
        known = land if len(land) == 2 else named or country
        return PostalLine(code, city, groups.get("state") or groups.get("state2"), known, "")
    return None


def _is_year(code: str) -> bool:
    return len(code) == 4 and 1990 <= int(code) <= 2039


def _without_country(city: str) -> tuple[str, str | None]:
    """`London, United Kingdom` is London."""
    head, _, tail = city.rpartition(",")
    country = read_country(tail) if head else None
    return (head.strip(), country) if country else (city, None)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The end of a line behind a comma, a dot or a bar: `Hauptstr. 5, 80333 München`."""
    for match in re.finditer(r"\s*[,;]\s+|\s*[|·•*\u25cf]\s*|\s+[-\u2013\u2014]\s+|\s{2,}", text):
        rest = text[match.end() :]
        yield rest, text[: match.start()]
        first = re.split(r"\s*[,;]\s+|\s*[|·•*]\s*|\s[-\u2013\u2014]\s", rest)[0]
        if first != rest:
            yield first, text[: match.start()]


def is_street(text: str) -> bool:
    bare = text.strip()
    if len(bare) > 70 or ":" in bare:
        return False
    return bool(_STREET_WORDS.search(bare)) or (
        bool(_HOUSE.search(bare)) and any(char.isalpha() for char in bare)
    )


def read_country(text: str) -> str | None:
    """ISO 3166-1 alpha-2 of a line that is nothing but a country's name, in any of the usual languages."""
    bare = text.strip(" .,()")
    if len(bare) == 2 and bare.isupper():
        return bare if bare in _codes() else None
    return _countries().get(plain(bare))


@cache
def _codes() -> frozenset[str]:
    return frozenset(_countries().values())


@cache
def _countries() -> dict[str, str]:
    from babel import Locale as Names

    found: dict[str, str] = {}
    for language in (
        "en",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "pl",
        "sv",
        "da",
        "nb",
        "fi",
        "cs",
        "hu",
        "ro",
        "tr",
    ):
        for code, name in Names(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(plain(name), code)
    found |= {"uk": "GB", "usa": "US", "u s a": "US", "great britain": "GB", "england": "GB", "scotland": "GB",
              "wales": "GB", "turkey": "TR", "turkiye": "TR", "russia": "RU", "south korea": "KR", "korea": "KR", "viet nam": "VN", "uae": "AE", "ivory coast": "CI", "taiwan": "TW", "hong kong": "HK", "holland": "NL", "the netherlands": "NL", "czech republic": "CZ", "deu": "DE"}  # fmt: skip
    return found
