"""What gives away the country a document is from."""

import re

COUNTRY_WORDS: tuple[tuple[str, str], ...] = (
    (
        r"\bsdn\.?\s*bhd\b|\bkuala lumpur\b|\bselangor\b|\bmalaysia\b|\bjalan\b|\bjln\b|\btaman\b|\btmn\b|\bringgit\b|\brm\s?\d",
        "MY",
    ),
    (r"\bpte\.?\s*ltd\b|\bsingapore\b", "SG"),
    (
        r"\bgmbh\b|\bust-?id|\bamtsgericht\b|\bdeutschland\b|\w(?:straße|strasse)\b|\bsteuernummer\b|\bhrb\s?\d",
        "DE",
    ),
    (r"\bfirmenbuch|\bösterreich\b|(?-i:\bATU\d{8}\b)", "AT"),
    (r"\bmwst-?nr|\bschweiz\b|(?-i:\bCHE-?\d)|\bchf\b|\bsuisse\b", "CH"),
    (r"\bsiret\b|\bsiren\b|\bs\.?a\.?r\.?l\b|\bfrance\b|\brue\b|\bttc\b|\btva intracom|\bcedex\b", "FR"),
    (r"\bnif\b|\bc\.?i\.?f\.?\b|\bespaña\b|\bcalle\b|\bavda\b|\bs\.l\.u?\b", "ES"),
    (
        r"\bp\.?\s?iva\b|\bpartita iva\b|\bs\.r\.l\b|\bitalia\b|\bvia\s[^\W\d]|\bscontrino\b|\bcodice fiscale\b",
        "IT",
    ),
    (r"\bcontribuinte\b|\bportugal\b|\blda\b", "PT"),
    (r"\bcnpj\b|\bcpf\b|\bbrasil\b|\bltda\b|\br\$", "BR"),
    (r"\bkvk\b|\bbtw\b|\bnederland\b|\bb\.v\.", "NL"),
    (r"\bnip\b|\bsp\.\s?z\s?o\.?\s?o|\bpolska\b|\bpln\b", "PL"),
    (r"\borg\.?\s?nr\b|\bsverige\b|\bmoms\b.*\bsek\b|\bsek\b", "SE"),
    (r"\bcvr\b|\bdanmark\b|\bdkk\b", "DK"),
    (r"\bmva\b|\bnorge\b|\bnok\b", "NO"),
    (r"\by-tunnus\b|\bsuomi\b|\boyj?\b|\balv\b", "FI"),
    (r"\bičo?\b|\bdič\b|\bs\.r\.o\b|\bkč\b", "CZ"),
    (r"\badószám\b|\bkft\b|\bhuf\b", "HU"),
    (r"\bgstin\b|\bindia\b|\bpvt\.?\s*ltd\b|\bigst\b|\bcgst\b|₹", "IN"),
    (r"\babn\b|\baustralia\b|\bpty\.?\s*ltd\b|\b(?:nsw|vic|qld)\s\d{4}\b", "AU"),
    (r"\bunited kingdom\b|(?-i:\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b)|£|\bvat reg", "GB"),
    (
        (
            r"\busa\b|\bunited states\b|\bsales tax\b|(?-i:\b(?:AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|IL|IN|IA|KS|KY|LA|MD|MA|MI|MN|MO"
            r"|NC|NH|NJ|NM|NV|NY|OH|OK|OR|PA|RI|SC|TN|TX|UT|VA|VT|WA|WI)\s+\d{5}(?:-\d{4})?\b)"
        ),
        "US",
    ),
    (
        r"\bcanada\b|\bhst\b|\bpst\b|\btvq\b|\bqst\b|\bqu[ée]bec\b|\bontario\b|(?-i:\b(?:ON|QC|BC|AB|MB|SK|NS)\s+[A-Z]\d[A-Z]\s?\d[A-Z]\d\b)|(?-i:\b[ABCEGHJ-NPRSTVXY]\d[A-Z]\s\d[A-Z]\d\b)",
        "CA",
    ),
    (r"\bjakarta\b|\bindonesia\b|\bnpwp\b|\brp\.?\s?\d", "ID"),
    (r"\bvergi\b|\btürkiye\b|\bkdv\b", "TR"),
    (r"\bcui\b|\bromânia\b|\bs\.c\.", "RO"),
)
"""Patterns, and the country they speak for; case does not matter but in `(?-i:)`."""

DOMAINS = re.compile(r"[\w-]\.(?:co\.|com\.)?([a-z]{2})(?![\w.-]*@)(?=[\s/,;)]|$)")
DIALLED = {
    "60": "MY", "65": "SG", "49": "DE", "43": "AT", "41": "CH", "33": "FR", "34": "ES", "39": "IT", "351": "PT",
    "31": "NL", "32": "BE", "44": "GB", "61": "AU", "64": "NZ", "91": "IN", "55": "BR", "48": "PL", "46": "SE",
    "45": "DK", "47": "NO", "358": "FI", "420": "CZ", "36": "HU", "40": "RO", "90": "TR", "62": "ID", "353": "IE",
}  # fmt: skip
DIALLING = re.compile(r"(?:\+|(?<!\d)(?<!\d\s)00(?=(?:[ ()/-]{0,2}\d){9}))\s?(\d{2,3})[\s()-]?")
ACCOUNTS = re.compile(r"\bIBAN\b[\s:.-]{0,3}([A-Z]{2})\d\d(?=[\s\dA-Z])")
TOP_DOMAINS = frozenset(
    {
        "my",
        "sg",
        "de",
        "at",
        "ch",
        "fr",
        "es",
        "it",
        "pt",
        "br",
        "nl",
        "be",
        "pl",
        "se",
        "dk",
        "no",
        "fi",
        "cz",
        "sk",
        "hu",
        "in",
        "au",
        "nz",
        "ca",
        "id",
        "tr",
        "ro",
        "gr",
        "ie",
        "lu",
        "jp",
        "kr",
        "hr",
        "si",
        "bg",
    }
)
