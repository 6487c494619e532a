"""How places write dates and money, and who lives and works there."""

from dataclasses import dataclass
from datetime import date
from random import Random


@dataclass(frozen=True, slots=True)
class Place:
    tag: str
    language: str
    currency: str
    decimal: str
    thousands: str
    dates: tuple[str, ...]
    """With day `{d}`/`{dd}`, month `{mm}`, `{mon}`, `{month}`, year `{yy}`, `{yyyy}`."""
    cities: tuple[tuple[str, str], ...]
    """Postal code and name."""
    streets: tuple[str, ...]
    people: tuple[str, ...]
    companies: tuple[str, ...]
    banks: tuple[str, ...]
    country: str
    country_name: str
    letter: bool = False
    number_first: bool = False
    indian: bool = False
    cents: bool = True
    """Whether its currency has any: yen and won have none."""


_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}


_FRENCH = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."


def months(language: str) -> list[str]:
    return _MONTHS[language].split()


def write_date(day: date, form: str, language: str) -> str:
    name = months(language)[day.month - 1]
    short = _FRENCH.split()[day.month - 1] if language == "fr" else name[:3]
    return form.format(
        d=day.day, dd=f"{day.day:02}", m=day.month, mm=f"{day.month:02}", mon=short, MON=short.upper(), month=name,
        yy=f"{day.year % 100:02}", yyyy=day.year,
    )  # fmt: skip


def write_money(cents: int, place: Place, *, plus: bool = False) -> str:
    """Signed, in the place's notation, two decimals where its currency has them."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else "+" if plus else ""
    if not place.cents:
        return f"{sign}{_grouped(whole, place)}"
    return f"{sign}{_grouped(whole, place)}{place.decimal}{rest:02}"


def _grouped(whole: int, place: Place) -> str:
    digits = str(whole)
    if not place.indian or len(digits) <= 3:
        return f"{whole:,}".replace(",", place.thousands)
    head, tail = digits[:-3], digits[-3:]
    parts: list[str] = []
    while head:
        parts.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*parts, tail])


def address(place: Place, random: Random) -> tuple[str, str]:
    """Street with number, and postal code with city."""
    number, street = random.randint(1, 199), random.choice(place.streets)
    code, city = random.choice(place.cities)
    street = f"{number} {street}" if place.number_first else f"{street} {number}"
    return street, f"{city} {code}" if place.country in {"GB", "US", "IN"} else f"{code} {city}"


PLACES: tuple[Place, ...] = (
    Place("en-GB", "en", "GBP", ".", ",", ("{dd} {mon} {yyyy}", "{d} {month} {yyyy}", "{dd}/{mm}/{yyyy}", "{dd}/{mm}/{yy}", "{dd} {mon} {yy}"),
          (("LS1 4DY", "Leeds"), ("BS1 6QF", "Bristol"), ("EH2 2BY", "Edinburgh")), ("Mill Lane", "Station Road", "High Street", "Queens Walk"),
          ("Oliver Hartley", "Amelia Croft", "Jack Pemberton", "Priya Nair"), ("Harrow Tools Ltd", "Blue Finch Coffee", "Northmoor Dairy Ltd", "Kestrel Fabrications Ltd"),
          ("Northbridge Bank plc", "Albion Savings Bank", "Severn & Wye Bank"), "GB", "United Kingdom", number_first=True),
    Place("en-US", "en", "USD", ".", ",", ("{mm}/{dd}/{yyyy}", "{mm}/{dd}/{yy}", "{month} {d}, {yyyy}", "{mon} {dd}, {yyyy}"),
          (("OR 97205", "Portland,"), ("TX 78701", "Austin,"), ("OH 43215", "Columbus,")), ("Maple Avenue", "Oak Street", "Lincoln Blvd", "Harbor Drive"),
          ("Ethan Caldwell", "Sophia Ramirez", "Noah Whitaker", "Grace Chen"), ("Cascade Lumber Inc.", "Redwood Analytics LLC", "Prairie Seed Co.", "Lone Pine Logistics LLC"),
          ("First Cascade Bank", "Prairie National Bank", "Harbor Federal Credit Union"), "US", "United States", letter=True, number_first=True),
    Place("en-IN", "en", "INR", ".", ",", ("{dd}-{mm}-{yyyy}", "{dd}/{mm}/{yyyy}", "{dd} {mon} {yyyy}", "{dd}-{mon}-{yyyy}"),
          (("400001", "Mumbai"), ("560001", "Bengaluru"), ("600002", "Chennai")), ("MG Road", "Nehru Street", "Church Road", "Link Road"),
          ("Arjun Mehta", "Kavya Iyer", "Rohan Deshpande"), ("Sarovar Textiles Pvt Ltd", "Malabar Spices Pvt Ltd", "Deccan Bearings Ltd"),
          ("Sahyadri Bank Ltd", "Bharat Gramin Bank", "Coromandel Bank"), "IN", "India", number_first=True, indian=True),
    Place("de-DE", "de", "EUR", ",", ".", ("{dd}.{mm}.{yyyy}", "{dd}.{mm}.{yy}", "{d}. {month} {yyyy}"),
          (("20095", "Hamburg"), ("50667", "Köln"), ("04109", "Leipzig")), ("Lindenweg", "Hafenstraße", "Gartenallee", "Bahnhofstraße"),
          ("Jürgen Weißmüller", "Sabine Köhler", "Lukas Brandt", "Fatma Aydin"), ("Möller Maschinenbau GmbH", "Alster Kontor GmbH & Co. KG", "Bäckerei Sonnentau", "Rhein-Optik AG"),
          ("Hansa Volksbank eG", "Sparkasse Elbtal", "Rheinische Handelsbank AG"), "DE", "Deutschland"),
    Place("de-CH", "de", "CHF", ".", "'", ("{dd}.{mm}.{yyyy}", "{dd}.{mm}.{yy}"),
          (("8001", "Zürich"), ("3011", "Bern")), ("Seestrasse", "Bergweg", "Bahnhofstrasse"), ("Reto Aebischer", "Nadja Gerber"),
          ("Aaretal Uhren AG", "Säntis Käse GmbH"), ("Aaretaler Kantonalbank", "Bank Rigi AG"), "CH", "Schweiz"),
    Place("fr-FR", "fr", "EUR", ",", " ", ("{dd}/{mm}/{yyyy}", "{dd}/{mm}/{yy}", "{d} {month} {yyyy}", "{dd}.{mm}.{yyyy}"),
          (("69002", "Lyon"), ("44000", "Nantes"), ("33000", "Bordeaux")), ("rue des Lilas", "avenue de la République", "quai Saint-Pierre"),
          ("Élodie Marchand", "Bastien Lefèvre", "Inès Moreau"), ("Atelier Dumont SARL", "Boulangerie Le Fournil", "Mécanique Garonne SAS", "Vins du Lac SA"),
          ("Banque du Rhône", "Crédit Maritime de l'Ouest", "Caisse d'Aquitaine"), "FR", "France", number_first=True),
    Place("es-ES", "es", "EUR", ",", ".", ("{dd}/{mm}/{yyyy}", "{dd}-{mm}-{yyyy}", "{dd}/{mm}/{yy}", "{d} de {month} de {yyyy}"),
          (("28013", "Madrid"), ("46002", "Valencia"), ("41001", "Sevilla")), ("Calle Mayor", "Avenida del Puerto", "Calle Olivar"),
          ("Lucía Fernández Gil", "Javier Ortega", "Marta Ibáñez"), ("Aceites Sierra Alta S.L.", "Cerámicas Levante S.A.", "Transportes Duero S.L."),
          ("Banco del Turia", "Caja Meseta", "Banco Atlántida S.A."), "ES", "España"),
    Place("it-IT", "it", "EUR", ",", ".", ("{dd}/{mm}/{yyyy}", "{dd}.{mm}.{yyyy}", "{dd}/{mm}/{yy}", "{d} {month} {yyyy}"),
          (("20121", "Milano"), ("40121", "Bologna"), ("10121", "Torino")), ("Via Garibaldi", "Corso Italia", "Via dei Mille"),
          ("Giulia Bianchi", "Marco Esposito", "Chiara Rinaldi"), ("Officine Padane S.r.l.", "Pastificio Adriatico S.p.A.", "Tessuti Lario S.r.l."),
          ("Banca Padana S.p.A.", "Cassa di Risparmio del Lario", "Banca dell'Adriatico"), "IT", "Italia"),
    Place("pt-PT", "pt", "EUR", ",", " ", ("{dd}/{mm}/{yyyy}", "{dd}-{mm}-{yyyy}", "{yyyy}-{mm}-{dd}", "{d} de {month} de {yyyy}"),
          (("1200-192", "Lisboa"), ("4050-115", "Porto")), ("Rua das Flores", "Avenida da Liberdade", "Rua do Cais"),
          ("Inês Carvalho", "Tiago Rocha"), ("Cortiças Alentejo Lda.", "Conservas Foz S.A."), ("Banco do Tejo", "Caixa do Douro"), "PT", "Portugal"),
    Place("pt-BR", "pt", "BRL", ",", ".", ("{dd}/{mm}/{yyyy}", "{dd}/{mm}/{yy}", "{d} de {month} de {yyyy}"),
          (("01310-100", "São Paulo"), ("80010-000", "Curitiba")), ("Rua Augusta", "Avenida Paulista", "Rua XV de Novembro"),
          ("Beatriz Nogueira", "Rafael Teixeira"), ("Café Serra Azul Ltda.", "Metalúrgica Iguaçu S.A."), ("Banco Serra Azul", "Banco Iguaçu S.A."), "BR", "Brasil"),
    Place("nl-NL", "nl", "EUR", ",", ".", ("{dd}-{mm}-{yyyy}", "{dd}-{mm}-{yy}", "{d} {month} {yyyy}"),
          (("3511 EV", "Utrecht"), ("3011 AD", "Rotterdam")), ("Kerkstraat", "Molenweg", "Havenkade"),
          ("Sanne de Vries", "Daan Bakker"), ("Kaashandel Waterland B.V.", "Scheepswerf De Maas B.V."), ("Waterland Bank N.V.", "Bank van de Maas"), "NL", "Nederland"),
    Place("pl-PL", "pl", "PLN", ",", " ", ("{dd}.{mm}.{yyyy}", "{yyyy}-{mm}-{dd}", "{dd}-{mm}-{yyyy}"),
          (("00-020", "Warszawa"), ("31-042", "Kraków")), ("ul. Długa", "ul. Lipowa", "al. Wolności"),
          ("Agnieszka Wójcik", "Piotr Zając"), ("Huta Wisła Sp. z o.o.", "Piekarnia Złoty Kłos"), ("Bank Mazowiecki S.A.", "Bank Nadwiślański"), "PL", "Polska"),
    Place("sv-SE", "sv", "SEK", ",", " ", ("{yyyy}-{mm}-{dd}",),
          (("111 22", "Stockholm"), ("411 03", "Göteborg")), ("Storgatan", "Björkvägen"), ("Elsa Lindgren", "Oskar Nyström"),
          ("Norrsken Verkstad AB", "Fjällmejeriet AB"), ("Mälarbanken AB", "Västkust Sparbank"), "SE", "Sverige"),
)  # fmt: skip

WITHOUT_CENTS: tuple[Place, ...] = (
    Place("en-JP", "en", "JPY", ".", ",", ("{yyyy}/{mm}/{dd}", "{yyyy}-{mm}-{dd}", "{dd} {mon} {yyyy}"),
          (("104-0061", "Tokyo"), ("530-0001", "Osaka")), ("Sakura Street", "Harbour Street"), ("Yuki Tanaka", "Haruto Mori"),
          ("Fuji Ceramics K.K.", "Setouchi Foods K.K."), ("Sakura Bay Bank", "Hokuto Bank"), "JP", "Japan", number_first=True, cents=False),
    Place("en-KR", "en", "KRW", ".", ",", ("{yyyy}-{mm}-{dd}", "{yyyy}/{mm}/{dd}"),
          (("04524", "Seoul"), ("48058", "Busan")), ("Hangang Road", "Teheran Road"), ("Minseo Park", "Jiwoo Han"),
          ("Dongbaek Electronics Co.", "Namsan Paper Co."), ("Namsan Bank", "Busan Harbour Bank"), "KR", "Korea", number_first=True, cents=False),
)  # fmt: skip
"""Places whose amounts are whole numbers."""


def place(tag: str) -> Place:
    return next(one for one in PLACES if one.tag == tag)


def iban(country: str, random: Random) -> str:
    """With its check digits; the lengths are those of the registry."""
    length = {
        "DE": 22,
        "CH": 21,
        "FR": 27,
        "ES": 24,
        "IT": 27,
        "PT": 25,
        "NL": 18,
        "PL": 28,
        "SE": 24,
        "GB": 22,
    }.get(country)
    if length is None:
        return ""
    letters = {"NL": 4, "GB": 4}.get(country, 0)
    body = "".join(random.choice("ABEKNRSW") for _ in range(letters))
    if country == "IT":
        body = random.choice("ABCDEFGH")
    body += "".join(str(random.randint(0, 9)) for _ in range(length - 4 - len(body)))
    if country == "ES":
        body = body[:8] + _spanish_digits(body[:8], body[10:]) + body[10:]
    digits = "".join(str(int(c, 36)) for c in body + country + "00")
    return f"{country}{98 - int(digits) % 97:02}{body}"


def _spanish_digits(branch: str, account: str) -> str:
    """Spain has two check digits of its own within the number."""
    weights = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
    found = ""
    for part in (f"00{branch}", account):
        rest = 11 - sum(int(digit) * weight for digit, weight in zip(part, weights, strict=True)) % 11
        found += str({10: 1, 11: 0}.get(rest, rest))
    return found
