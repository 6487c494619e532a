"""What papers that travel with goods have in common; synonyms in the languages of shipping."""

from octavo.domain.document_types.parties import PARTY_FIELDS
from octavo.domain.template import FieldSpec, FieldType


def _party(name: str, description: str, *synonyms: str) -> FieldSpec:
    return FieldSpec(name, FieldType.OBJECT, description, synonyms, fields=PARTY_FIELDS)


SHIPPER = _party(
    "shipper",
    "Who sends.",
    "shipper", "ship from", "shipper / exporter", "shipper/exporter", "shipper's name and address", "consignor", "sender", "exporter", "seller",
    "absender", "versender", "ablader", "expéditeur", "chargeur", "remitente", "expedidor", "embarcador", "cargador",
    "mittente", "caricatore", "remetente", "exportador", "afzender", "verlader",
)  # fmt: skip
CONSIGNEE = _party(
    "consignee",
    "Who receives.",
    "consignee", "consignee's name and address", "ship to", "deliver to", "receiver", "empfänger", "destinataire", "consignatario",
    "destinatario", "destinatário", "consignatário", "geadresseerde", "ontvanger",
)  # fmt: skip
NOTIFY_PARTY = _party(
    "notify_party",
    "Who is told of the arrival.",
    "notify party", "notify", "notify address", "also notify", "notadresse", "meldeadresse", "zu benachrichtigen",
    "partie à notifier", "notifier à", "notificar a", "parte a notificar", "notificare a", "notificante", "notify adres",
    "kennisgevingspartij",
)  # fmt: skip
CARRIER = _party(
    "carrier",
    "Who moves the goods.",
    "carrier", "carrier name", "frachtführer", "reeder", "transporteur", "transportista", "vettore", "transportador", "vervoerder",
    "issuing carrier", "issued by",
)  # fmt: skip
EXPORTER = _party(
    "exporter",
    "Who sends the goods out of a country.",
    "exporter", "exporter/consignor", "consignor", "declarant / exporter", "consignor/exporter", "goods consigned from", "ausführer",
    "exporteur", "versender/ausführer", "absender", "exportateur", "expéditeur/exportateur", "expéditeur", "exportador",
    "expedidor/exportador", "esportatore", "speditore/esportatore", "speditore", "afzender/exporteur", "expedidor", "afzender",
)  # fmt: skip
IMPORTER = _party(
    "importer",
    "Who brings the goods into a country.",
    "importer", "importer of record", "consignee", "goods consigned to", "importer/consignee", "einführer", "importeur", "empfänger",
    "importateur", "destinataire", "importador", "destinatario", "importatore", "destinatário", "geadresseerde", "ontvanger",
)  # fmt: skip

CONTAINERS = FieldSpec(
    "containers",
    FieldType.ARRAY,
    "One entry a container, numbers with their ISO 6346 check digit.",
    fields=(
        FieldSpec("number", FieldType.IDENTIFIER, "`ABCU1234560`, without spaces."),
        FieldSpec("seal_number", FieldType.IDENTIFIER),
        FieldSpec("type", FieldType.STRING, "As printed: `40HC`, `20' DV`."),
    ),
)
PACKAGES = FieldSpec(
    "packages",
    FieldType.ARRAY,
    "One entry a row of the list.",
    fields=(
        FieldSpec("position", FieldType.STRING, "The package's number or mark."),
        FieldSpec("sku", FieldType.IDENTIFIER),
        FieldSpec("description", FieldType.TEXT),
        FieldSpec("quantity", FieldType.NUMBER),
        FieldSpec("unit", FieldType.STRING),
        FieldSpec("net_weight", FieldType.NUMBER),
        FieldSpec("gross_weight", FieldType.NUMBER),
        FieldSpec("volume", FieldType.NUMBER),
        FieldSpec("dimensions", FieldType.STRING, "As printed."),
    ),
)
GROSS_WEIGHT = FieldSpec(
    "gross_weight",
    FieldType.NUMBER,
    "In `weight_unit`.",
    (
        "gross weight", "weight", "total weight", "total gross weight", "gross wt", "gross wt (kg)", "g.w.", "g.w. (kg)", "gross weight (kgs)", "gross weight kgs", "gross weight (kg)", "gross mass", "gross mass (kg)", "total gross mass",
        "gross weight kg", "bruttogewicht", "rohmasse", "rohgewicht", "gesamtgewicht brutto", "poids brut", "masse brute", "poids brut total",
        "peso bruto", "masa bruta", "peso bruto total", "peso lordo", "massa lorda", "peso lordo totale", "massa bruta", "brutogewicht",
        "brutomassa", "totaal brutogewicht",
    ),
)  # fmt: skip
NET_WEIGHT = FieldSpec(
    "net_weight",
    FieldType.NUMBER,
    "In `weight_unit`.",
    (
        "net weight", "total net weight", "net wt", "net wt (kg)", "n.w.", "n.w. (kg)", "net weight (kgs)", "net mass", "net mass (kg)", "net weight (kg)", "nettogewicht", "eigenmasse",
        "gesamtgewicht netto", "poids net", "masse nette", "poids net total", "peso neto", "masa neta", "peso neto total", "peso netto",
        "massa netta", "peso netto totale", "peso líquido", "massa líquida", "peso líquido total", "netto gewicht", "nettomassa",
        "totaal nettogewicht",
    ),
)  # fmt: skip
WEIGHT_UNIT = FieldSpec("weight_unit", FieldType.STRING, "`kg`, `t` or `lb`.")
VOLUME = FieldSpec(
    "volume",
    FieldType.NUMBER,
    "In cubic metres, unless `volume_unit` says otherwise.",
    (
        "measurement", "measurements", "meas.", "meas. (cbm)", "measurement (m3)", "measurement cbm", "volume", "total volume", "cbm", "total cbm", "measurement (cbm)", "volumen", "maß", "rauminhalt", "gesamtvolumen",
        "volume total", "volumen total", "volume totale", "cubagem", "totaal volume",
    ),
)  # fmt: skip
VOLUME_UNIT = FieldSpec("volume_unit", FieldType.STRING, "`m3` or `ft3`.")
PACKAGE_COUNT = FieldSpec(
    "package_count",
    FieldType.INTEGER,
    "Packages in all.",
    (
        "total packages", "packst. insgesamt", "packstücke insgesamt", "number of packages", "cartons", "ctns", "no. of cartons", "no. of pkgs.", "pkgs", "number and kind of packages", "quantity of packages", "kartons", "no. of packages", "total number of packages", "packages", "no. of pkgs", "packstücke",
        "anzahl packstücke", "anzahl der packstücke", "kolli", "colis", "nombre de colis", "nombre total de colis", "bultos",
        "número de bultos", "total bultos", "colli", "numero colli", "totale colli", "volumes", "número de volumes", "total de volumes",
        "aantal colli", "totaal colli", "total cartons",
    ),
)  # fmt: skip
VESSEL = FieldSpec(
    "vessel",
    FieldType.STRING,
    "The ship's name.",
    (
        "vessel", "vessel name", "ocean vessel", "vessel / voyage", "vessel/voyage", "vessel and voyage", "vessel / voyage no.", "vessel/voyage no.", "vessel / voy. no.", "vessel/voy. no.", "vessel & voyage no.", "ocean vessel / voy. no.", "ocean vessel / voyage no.",
        "ocean vessel/voyage no.", "intended vessel / voyage", "vessel / voyage no", "vessel / voyage number", "nave / viaggio n.", "navire / voyage n°", "buque / viaje n.º", "navio / viagem n.º", "schiff / reise-nr.", "schip / reis", "schip / reisnummer", "schiff / reise", "navire / voyage", "buque / viaje", "nave / viaggio", "navio / viagem", "ship", "schiff", "seeschiff", "schiffsname", "navire", "buque", "nave", "navio",
        "schip", "zeeschip" ),
)  # fmt: skip
VOYAGE = FieldSpec(
    "voyage_number",
    FieldType.IDENTIFIER,
    "",
    (
        "voyage", "voyage no.", "voyage no", "voyage number", "voy", "voy. no.", "voy no", "reise", "reise-nr.", "reisenummer", "n° de voyage",
        "numéro de voyage", "viaje", "viaje n.º", "nº de viaje", "viaggio", "viaggio n.", "viagem", "viagem n.º", "nº da viagem", "reisnummer",
    ),
)  # fmt: skip
PORT_OF_LOADING = FieldSpec(
    "port_of_loading",
    FieldType.STRING,
    "",
    (
        "port of loading", "pol", "loading port", "port of lading", "ladehafen", "verladehafen", "port de chargement", "puerto de carga",
        "puerto de embarque", "porto di carico", "porto di imbarco", "porto de carregamento", "porto de embarque", "laadhaven",
    ),
)  # fmt: skip
PORT_OF_DISCHARGE = FieldSpec(
    "port_of_discharge",
    FieldType.STRING,
    "",
    (
        "port of discharge", "pod", "discharge port", "port of unlading", "löschhafen", "entladehafen", "port de déchargement",
        "puerto de descarga", "porto di scarico", "porto di sbarco", "porto de descarga", "loshaven",
    ),
)  # fmt: skip
PLACE_OF_RECEIPT = FieldSpec(
    "place_of_receipt",
    FieldType.STRING,
    "",
    (
        "place of receipt", "übernahmeort", "lieu de réception", "lieu de prise en charge", "lugar de recepción", "luogo di ricezione",
        "luogo di presa in carico", "local de recepção", "plaats van ontvangst",
    ),
)  # fmt: skip
PLACE_OF_DELIVERY = FieldSpec(
    "place_of_delivery",
    FieldType.STRING,
    "",
    (
        "place of delivery", "final destination", "ablieferungsort", "lieferort", "bestimmungsort", "lieu de livraison", "lugar de entrega",
        "luogo di consegna", "local de entrega", "plaats van aflevering", "plaats van levering",
    ),
)  # fmt: skip
COUNTRY_OF_ORIGIN = FieldSpec(
    "country_of_origin",
    FieldType.COUNTRY,
    "ISO 3166-1 alpha-2 where the name is known, else as printed.",
    (
        "country of origin", "origin country", "origin of goods", "ursprungsland", "pays d'origine", "cód. país origen", "código país de origen", "code pays d'origine", "urspr.l.code", "país de origen", "paese di origine",
        "paese d'origine", "país de origem", "land van oorsprong",
    ),
)  # fmt: skip
HS_CODE = FieldSpec(
    "hs_code",
    FieldType.IDENTIFIER,
    "Of the first goods; digits and points.",
    (
        "hs code", "hs codes", "h.s. code", "commodity code", "tariff code", "hts code", "hts number", "htsus no.", "htsus number", "hts no.", "tariff no.", "tariff number", "taric code",
        "warennummer", "warentarifnummer", "zolltarifnummer", "code sh", "code douanier", "code des marchandises", "nomenclature",
        "código sa", "código arancelario", "partida arancelaria", "código taric", "código de las mercancías", "codice delle merci", "código das mercadorias", "codice hs", "codice doganale", "codice sa", "codice nc",
        "código pautal", "ncm", "código ncm", "hs-code", "goederencode", "tariefcode", "gn-code",
    ),
)  # fmt: skip
GOODS = FieldSpec(
    "goods_description",
    FieldType.TEXT,
    "",
    (
        "description of goods", "description of packages and goods", "description of goods and packages", "goods description",
        "nature and quantity of goods", "nature of goods", "cargo description", "kind of packages; description of goods", "commodity",
        "warenbezeichnung", "warenbeschreibung", "bezeichnung der güter", "beschreibung der waren", "désignation des marchandises",
        "description des marchandises", "nature des marchandises", "descripción de la mercancía", "descripción de mercancías",
        "descripción de las mercancías", "descrizione delle merci", "descrizione della merce", "designazione delle merci",
        "descrição das mercadorias", "descrição da mercadoria", "designação das mercadorias", "omschrijving van de goederen", "omschrijving goederen",
        "goederenomschrijving",
    ),
)  # fmt: skip
FREIGHT_TERMS = FieldSpec(
    "freight_terms",
    FieldType.ENUM,
    "Who pays the freight.",
    (
        "freight",
        "freight terms",
        "freight payable",
        "freight charges",
        "fracht",
        "fret",
        "flete",
        "nolo",
        "frete",
        "vracht",
    ),
    values=("prepaid", "collect"),
)
INCOTERM = FieldSpec(
    "incoterm",
    FieldType.STRING,
    "Three letters of Incoterms 2020, with the place where it is printed.",
    ("incoterm", "incoterms", "terms of delivery", "delivery terms", "lieferbedingung", "lieferbedingungen", "conditions de livraison",
     "condiciones de entrega", "condizioni di consegna", "resa", "condições de entrega", "leveringsvoorwaarden", "leveringsconditie"),
)  # fmt: skip
PLACE_OF_ISSUE = FieldSpec(
    "place_of_issue",
    FieldType.STRING,
    "",
    (
        "place of issue", "place and date of issue", "issued at", "ausstellungsort", "ort und datum der ausstellung", "ort und tag der ausstellung",
        "lieu d'émission", "lieu et date d'émission", "lieu et date de délivrance", "lieu et date", "place and date", "place and date of signature", "ort und datum", "luogo e data", "lugar y fecha", "local e data", "plaats en datum", "lugar de emisión", "lugar y fecha de emisión", "luogo di emissione",
        "luogo e data di emissione", "local de emissão", "local e data de emissão", "plaats van afgifte", "plaats en datum van afgifte",
    ),
)  # fmt: skip
ISSUE_DATE_NAMES = (
    "date of issue", "issue date", "date issued", "place and date of issue", "lieu et date de délivrance", "lieu et date", "place and date", "place and date of signature", "ort und datum", "luogo e data", "lugar y fecha", "local e data", "plaats en datum", "executed on (date)", "executed on", "dated", "ausstellungsdatum", "datum der ausstellung",
    "date d'émission", "lieu et date d'émission", "fecha de emisión", "lugar y fecha de emisión", "data di emissione",
    "luogo e data di emissione", "data de emissão", "local e data de emissão", "datum van afgifte", "plaats en datum van afgifte",
    "ort und datum der ausstellung", "ort und tag der ausstellung", "date", "datum", "fecha", "data",
)  # fmt: skip
ISSUE_DATE = FieldSpec("issue_date", FieldType.DATE, "", ISSUE_DATE_NAMES)
SHIPPED_DATE = FieldSpec(
    "shipped_on_board_date",
    FieldType.DATE,
    "",
    (
        "shipped on board", "shipped on board date", "on board date", "laden on board", "laden on board date", "an bord verladen", "an bord am",
        "date de mise à bord", "embarqué le", "fecha de embarque", "a bordo el", "data d'imbarco", "data di imbarco", "data de embarque",
        "aan boord", "datum aan boord",
    ),
)  # fmt: skip
BOOKING = FieldSpec(
    "booking_number",
    FieldType.IDENTIFIER,
    "",
    (
        "booking no.", "booking no", "booking number", "booking ref", "booking reference", "buchungsnummer", "buchungs-nr.", "n° de réservation",
        "numéro de réservation", "nº de reserva", "número de reserva", "numero di prenotazione", "prenotazione n.", "boekingsnummer",
    ),
)  # fmt: skip


def number(name: str, description: str, *synonyms: str) -> FieldSpec:
    """The number a paper goes by."""
    return FieldSpec(name, FieldType.IDENTIFIER, description, synonyms, required=True)
