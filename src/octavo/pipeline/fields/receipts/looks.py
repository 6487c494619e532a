"""What a row at the head of a receipt looks like: a name, an address, or something else about the seller."""

import re

from octavo.pipeline.fields.readers.dates import dates_in, times_in
from octavo.pipeline.fields.readers.locale import Locale

LEGAL_FORM = re.compile(
    r"(?<![\w])(?<!\d\s)(?:s[db]n\.?\s*b?hd\.?|sbn\.?\s*bhd\.?|s/b|bhd\.?|pte\.?\s*ltd\.?|pty\.?\s*ltd\.?|pvt\.?\s*ltd\.?|ltd\.?|limited|llc"
    r"|inc\.?|corp\.?|plc|gmbh(?:\s*&\s*co\.?\s*kg)?|e\.?\s?k\.|ohg|kg|ag|ug|mbh|s\.?a\.?r\.?l\.?|s\.?a\.?s\.?u?|eurl|s\.?n\.?c\.?"
    r"|s\.?\s?r\.?\s?l\.?s?|s\.?\s?p\.?\s?a\.?|s\.\s?l\.?\s?u?\.?|s\.a\.u?\.?|lda\.?|ltda\.?|b\.\s?v\.?|bv|n\.v\.?|v\.?o\.?f\.?"
    r"|sp\.\s?z\s?o\.?\s?o\.?|s\.\s?a\.|a/s|aps|oyj?|ab|asa?|kft\.?|zrt\.?|s\.?r\.?o\.?|a\.s\.|d\.?o\.?o\.?|e\.?i\.?r\.?l\.?"
    r"|a\.ş\.|ltd\.?\s*şti\.?|tbk|sb)(?![\w])",
    re.IGNORECASE,
)
"""What companies are called behind their names; short ones count at the end of a name only."""
_TRADES = re.compile(
    r"\b(?:trading|enterprises?|restaurants?|hardware|pharmacy|farmasi|apotheke|pharmacie|farmacia|bakery|bäckerei|boulangerie"
    r"|bistro|cafe|café|coffee|kaffee|pizza|pizzeria|grill|kitchen|bar|pub|diner|burger|sushi|station|tankstelle|petrol|shell|motors?"
    r"|supermarket|supermarkt|supermercato|supermercado|supermarché|market|markt|mart|store|stores|shop|boutique|books?|bookstore"
    r"|stationery|florist|handicraft|fashion|optic|clinic|dental|salon|spa|hotel|inn|resort|cinema|parking|maker|services?"
    r"|trattoria|ristorante|restaurante|brasserie|metzgerei|drogerie|resources|venture|holdings|group|international|electronics"
    r"|restoran|kedai|perniagaan|syarikat|pasaraya|borong|klinik|poliklinik|kopitiam|marketing|corporation|company|gallery|furnishing"
    r"|grocers?|seafood|gifts?|deco|bakeries|tyres?|auto|workshop|noodles?|seafoods|minimarket|mini mart|bazaar|laundry|photo|printing|books"
    r"|ristoro|gelateria|osteria|tabacchi|salumeria|macelleria|panificio|panadería|panaderia|carnicería|ferretería|librería|tienda|cervecería"
    r"|épicerie|tabac|pressing|coiffure|slagerij|bakkerij|apotheek|drogist|kiosk|imbiss|gasthaus|gasthof|konditorei|fleischerei|buchhandlung"
    r"|padaria|talho|papelaria|tasca|loja|sklep|piekarnia|apteka|restauracja|apotek|bageri|ravintola|kahvila|apteekki"
    r"|furniture|packaging|industries|gourmet|foods?|catering|retail|ikea|aldi|lidl|rewe|edeka|carrefour|tesco|walmart|target)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:jalan|j[l1i]n|lorong|lebuh(?:raya)?|persiaran|street|st|road|rd|avenue|ave|av|boulevard|blvd|bd|lane|ln|drive|dr|way|highway"
    r"|hwy|square|sq|court|parkway|pkwy|rue|place|quai|chemin|allée|impasse|cours|calle|avda|avenida|plaza|paseo|carrer|ctra"
    r"|via|viale|piazza|corso|largo|rua|travessa|praça|estrada|platz|allee|weg|gasse|ring|damm|ufer|chaussee"
    r"|gata|gatan|vägen|gade|vej|veien|katu|tie|utca|út|ulica|ul|al|os|náměstí|strada|str|bulevardul|caddesi|cad|sokak|sok|mah)\b\.?"
    r"|\w{3,}(?:straße|strasse|str\.|straat|weg|platz|gasse|allee|laan|plein|kade|gracht|gatan|vägen|gade|vej|katu|utca)\b",
    re.IGNORECASE,
)
_SPOT = re.compile(
    r"\b(?:lot|no|unit|level|floor|flr|block|blk|suite|ste|apt|shop|tower|menara|wisma|kompleks|plaza|mall|centre|center|taman|tmn|tman"
    r"|bandar|bdr|kawasan|kampung|kg|seksyen|section|sek|pusat|medan|batu|mile|miles|bukit|desa|kota|pekan|ground|g/f|hq|pt|site"
    r"|industrial|park|estate|zone|zona|polígono|building|bldg|bangunan|p\.?o\.?\s?box|postfach|bp|cedex)\b",
    re.IGNORECASE,
)
_REGION = re.compile(
    r"\b(?:selangor|johor|bahru|kuala|lumpur|kl|penang|pinang|perak|melaka|malacca|sabah|sarawak|kedah|pahang|negeri|sembilan|terengganu"
    r"|kelantan|perlis|putrajaya|darul|ehsan|ipoh|malaysia|singapore|shah alam|petaling|jaya|cheras|puchong|kajang|usa|uk|london"
    r"|deutschland|germany|france|españa|spain|italia|italy|portugal|nederland|belgium|belgique|österreich|schweiz|suisse|canada"
    r"|australia|d\.e)\b",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"(?<!\d)(?<!\d[.,/-])\d{5}(?!\d|[.,/-]\d)(?:\s+[^\W\d_]|\s*[,.]|\s*$)|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b\d{4}\s?[A-Z]{2}\b|\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b"
    r"|\b\d{4}\s+[A-ZÄÖÜ][a-zäöü]{2,}|\b\d{4}-\d{3}\s+\w|\b\d{2}-\d{3}\s+\w|\b\d{3}\s\d{2}\s+[A-ZÅÄÖ]|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"
)
_HOUSE = re.compile(
    r"(?:^|[\s,])(?:no\.?\s*)?\d{1,5}\s?[A-Za-z]?(?:[-/&]\s?\d{1,4}\s?[A-Za-z]?)*[,.]?\s+(?:[NSEW]{1,2}\.?\s+)?[^\W\d_]{2,}|[^\W\d_]{3,}\.?\s+\d{1,4}\s?[a-z]?(?:[-/]\d+)?\s*(?:,|$)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:t[e3][l1i]|lel|1el|fax|pax|phone|telephone|telefon[eo]?|tél|tlf|mobile|hp|h/p|hotline|\w*careline|e-?mail|www|http|whatsapp|facebook"
    r"|instagram|website|web)\b|@[\w-]+\.|\.com\b|\.my\b|^\W*[+(]?\d[\d\s()/-]{6,}[,.]?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:gst|g[s5]t|gsi|sst|vat|tax|ust|mwst|tva|iva|btw|nif|cif|siret|p\.?\s?iva|abn|nip|cnpj|kvk)\b.{0,16}(?:\d|no|id|reg)|\bgst\s?id|\bgst\s?no"
    r"|\b(?:co|company|business|br|reg|registration|roc|ssm)\b[.\s-]*(?:reg|no|keg)|^\W*\d{5,}\s?-?\s?[A-Z]?\W*$|^\W*\(?\d{9,}",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:tax|simplified|cash|sales|guest|customer|official|vat|purchase|debit|credit)\s*(?:invoi?ce|receipt|bill|check|memo|sale|note)"
    r"|\btaxinvoice|\b(?:invoice|receipt|rechnung|quittung|kassenbon|beleg|facture|ticket|factura|recibo|fattura|scontrino|ricevuta|bon"
    r"|kvitto|kvittering|kuitti|paragon|účtenka|nyugta|fatura|fiş|resit|bill)\b\s*(?:no|nr|n°|#|:|num|$|date)"
    r"|\b(?:order|table|cashier|kassierer|caissier|server|waiter|pax|guests?|pos|terminal|till|counter|slip|trans|trn|doc|check|chk)\b\s*"
    r"(?:no|#|:|nr|id|\d)|^\W*(?:cash|receipt|invoice|bill|duplicate|copy|reprint|original)\W*$|\binv\b|\bdate\b|\btime\b|\border\b"
    r"|\bcarry out\b|\btake ?away\b|\bdine in\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^\W*(?:[^\W\d_]+(?:\s[^\W\d_]+)?\s*#?:|(?:[^\W\d_]{1,5}|store)\s*#)\s*[\w-]*\d[\w-]*\W*$", re.IGNORECASE
)
"""`Site : 2188`; but `Prairie Fuel #218` is the name of a branch."""
_TALK = re.compile(
    r"\b(?:inh\.|inhaber|pächter|proprietor|welcome|thank|thanks|merci|danke|gracias|grazie|obrigado|bedankt|tq for|please|visit|shopping hours|opening|business hour|open daily"
    r"|for staff|gift card|customer copy|merchant copy|mon-|trading as|owned by)\b",
    re.IGNORECASE,
)


def is_trade(text: str) -> bool:
    return _TRADES.search(text) is not None


def is_apart(text: str) -> bool:
    """A greeting or an advertisement."""
    return _TALK.search(text) is not None


def is_contact(text: str) -> bool:
    """A telephone number, an address on the web, a number of the tax office or the register."""
    return _CONTACT.search(text) is not None or _NUMBERED.search(text) is not None


def is_numbered(text: str) -> bool:
    """The number of the tax office or of the register."""
    return _NUMBERED.search(text) is not None


def says_something_else(text: str, locale: Locale) -> bool:
    """What is no name and no address: contacts, numbers, kinds of paper, dates."""
    return (
        is_contact(text)
        or _PAPER.search(text) is not None
        or _LABELLED.match(text) is not None
        or bool(dates_in(text, locale))
        or _is_time(text)
    )


def _is_time(text: str) -> bool:
    return bool(times_in(text)) and not _STREET.search(text)


def is_address_like(text: str) -> float:
    """How many cues of an address a row has; 2 and more are hardly anything else."""
    cues = (
        1.5 * bool(_STREET.search(text)),
        bool(_SPOT.search(text)),
        bool(_REGION.search(text)),
        1.5 * bool(_POSTAL.search(text)),
        0.7 * bool(_HOUSE.search(text)),
        0.5 * text.rstrip().endswith(","),
    )
    return float(sum(cues))
