"""What banks call the columns and balances of a statement; compared as `folded` makes them."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "value_date": (
        "value date", "value dt", "valuta", "valutadatum", "wert", "wertstellung", "valuta datum", "wertstellungstag", "val", "date de valeur", "date valeur", "valeur",
        "fecha valor", "f valor", "data valuta", "data valor", "data val", "rentedatum", "data waluty", "valutadag", "valuteringsdato", "rentedato", "effective date", "f. valor",
    ),
    "date": (
        "date", "posting date", "post date", "posted", "booking date", "transaction date", "trans date", "txn date", "tran date", "entry date", "buchungstag", "buchung", "datum",
        "datum transactie", "datum boeking", "boekingsdatum", "fecha transaccion", "data transacao", "data transazione", "date de transaction", "date transaction", "date de l achat", "buchungsdatum", "belegdatum", "kaufdatum", "einkaufsdatum", "purchase date", "date d achat", "fecha compra", "data acquisto", "buch-tag", "bu-tag", "tag", "date operation", "date d operation", "date comptable", "date de l operation", "fecha", "fecha operacion", "fecha de operacion", "f oper",
        "f operacion", "fecha contable", "data", "data contabile", "data operazione", "data mov", "data movimento", "data lancamento", "data operacao", "boekdatum", "transactiedatum",
        "data ksiegowania", "data operacji", "data transakcji", "bokforingsdag", "bokf datum", "bokforingsdatum", "dato", "bogforingsdato", "bokforingsdato", "datum zauctovani",
        "konyveles datuma", "day", "dt",
    ),
    "description": (
        "description", "beschreibung", "details", "transaction details", "particulars", "payment type and details", "transaction description", "narrative", "narration", "transaction", "transactions", "remarks",
        "activity", "memo", "payee", "verwendungszweck", "buchungstext", "vorgang", "text", "umsatzart", "erlauterung", "buchungsinformation", "empfanger", "auftraggeber/empfanger",
        "libelle", "nature de l operation", "operations", "operation", "nature des operations", "libelle de l operation", "designation", "concepto", "descripcion", "detalle", "movimiento",
        "operacion", "descrizione", "descrizione delle operazioni", "descrizione dei movimenti", "descrizione movimento", "descrizione del movimento", "causale", "descrizione operazione", "descrizione operazioni", "operazioni", "dettagli", "descricao", "historico", "descritivo", "movimento", "lancamento", "lancamentos",
        "omschrijving", "mededelingen", "naam / omschrijving", "naam/omschrijving", "opis operacji", "opis", "tytul", "opis transakcji", "beskrivning", "transaktion", "tekst", "beskrivelse", "popis",
        "leiras", "forklaring", "meddelande",
    ),
    "reference": (
        "reference", "docto", "docto.", "n doc", "nr doc", "num documento", "dok nr", "ref", "ref no", "reference no", "chq no", "cheque no", "check no", "check number", "check", "cheque", "chq/ref no", "chq ref no", "instrument no", "transaction id", "referenz", "beleg-nr", "beleg nr", "beleg",
        "referenz-nr", "prima nota", "primanota", "pn-nr", "reference operation", "referencia", "n documento", "documento", "doc", "num doc", "riferimento", "rif", "referencia documento", "kenmerk",
        "referentie", "referencje", "referens", "verifikation", "n op", "numero", "no", "nr", "type", "code", "art", "trans type", "soort", "reference number",
    ),
    "debit": (
        "debit", "debits", "withdrawal", "withdrawals", "withdrawal amt", "withdrawal amount", "paid out", "money out", "amounts deducted", "amount deducted", "amounts deducted ($)", "withdrawals ($)", "cheques & debits", "debits ($)", "debit amount", "payments", "charges", "payments out", "withdrawals/debits", "debits/withdrawals", "debit (dr)", "dr",
        "soll", "lastschrift", "lastschriften", "belastung", "belastungen", "lasten", "zu ihren lasten", "zu lasten", "auszahlung", "ausgang", "debet", "debit eur", "sortie", "retraits", "debe", "cargo", "cargos", "adeudo", "adeudos", "retiros", "gastos",
        "dare", "addebiti", "addebito", "uscite", "debito", "debitos", "debito (d)", "saidas", "af", "afgeschreven", "afschrijving", "afschrijvingen", "af (debet)", "obciazenia", "obciazenie", "wyplaty", "uttag", "ut", "haevet", "ud", "out",
        "subtractions", "terhelés", "terheles",
    ),
    "credit": (
        "credit", "credits", "deposit", "deposits", "deposit amt", "deposit amount", "paid in", "money in", "amounts added", "amount added", "amounts added ($)", "deposits ($)", "deposits & credits", "credits ($)", "credit amount", "receipts", "payments in", "deposits/credits", "credits/deposits", "cr", "additions",
        "haben", "gutschrift", "gutschriften", "zu ihren gunsten", "zu gunsten", "eingang", "einzahlung", "entree", "depots", "versements", "haber", "abono", "abonos", "ingreso", "ingresos", "depositos",
        "avere", "accrediti", "accredito", "entrate", "credito", "creditos", "entradas", "bij", "bijgeschreven", "bijschrijving", "bijschrijvingen", "bij (credit)", "uznania", "uznanie", "wplaty", "insattning", "insattningar", "in",
        "indsat", "ind", "jovairas",
    ),
    "amount": (
        "amount", "transaction amount", "amt", "amount (usd)", "betrag", "umsatz", "betrag in eur", "betrag eur", "umsatz in eur", "montant", "importe", "importe eur", "monto", "importo", "valor", "valor (r$)", "montante", "quantia", "bedrag",
        "bedrag (eur)", "bedrag eur", "kwota", "kwota operacji", "kwota transakcji", "belopp", "belob", "belop", "castka", "osszeg", "importo eur", "deposits/withdrawals", "debit/credit", "credit/debit", "af/bij", "soll/haben",
        "betrag chf", "montant eur", "amount eur", "amount gbp", "payments/deposits", "belastung/gutschrift",
    ),
    "balance": (
        "balance", "balance ($)", "running balance", "account balance", "closing balance", "ledger balance", "available balance", "balance (usd)", "bal", "saldo", "kontostand", "saldo eur", "saldo in eur", "solde", "solde eur", "solde progressif",
        "saldo po operacji", "nieuw saldo", "saldo na boeking", "saldo chf", "end balance", "daily balance", "ending daily balance", "egyenleg", "zustatek", "disponible",
    ),
}  # fmt: skip

OPENING = (
    "opening balance", "balance brought forward", "brought forward", "beginning balance", "previous balance", "start balance", "starting balance", "balance b/f", "balance b/fwd", "b/f", "b/fwd", "balance forward",
    "previous statement balance", "balance from previous statement", "balance last statement", "old balance", "balance at start of period", "balance on opening",
    "saldo letzte abrechnung", "saldo der letzten abrechnung", "saldo vorherige abrechnung", "alter kontostand", "anfangssaldo", "alter saldo", "saldovortrag", "anfangsbestand", "kontostand alt", "letzter kontostand", "vorheriger kontostand", "saldo alt", "vortrag", "anfangskontostand",
    "solde precedent", "ancien solde", "solde initial", "solde anterieur", "solde au debut", "solde en debut de periode", "solde de depart", "solde d ouverture",
    "saldo anterior", "saldo inicial", "saldo previo", "saldo de apertura", "saldo iniziale", "saldo precedente", "saldo di apertura", "saldo contabile iniziale", "beginsaldo", "vorig saldo", "oud saldo", "saldo vorige", "openingssaldo",
    "saldo poczatkowe", "saldo poprzednie", "saldo otwarcia", "ingaende saldo", "startsaldo", "inngaende saldo", "primosaldo", "pocatecni zustatek", "nyito egyenleg", "nyitoegyenleg",
)  # fmt: skip
CLOSING = (
    "closing balance", "closing totals", "ending balance", "new balance", "end balance", "balance carried forward", "balance c/f", "balance c/fwd", "current balance", "final balance", "statement balance", "balance at end of period", "balance on closing",
    "neuer kontostand", "endsaldo", "neuer saldo", "schlusssaldo", "schlussaldo", "endbestand", "kontostand neu", "abschlusssaldo", "saldo neu", "aktueller kontostand", "endkontostand",
    "nouveau solde", "solde final", "solde en fin de periode", "solde de cloture", "solde actuel", "solde a la fin", "saldo final", "saldo actual", "nuevo saldo", "saldo al cierre", "saldo de cierre", "saldo atual", "saldo finale",
    "saldo contabile finale", "saldo attuale", "saldo di chiusura", "eindsaldo", "nieuw saldo", "huidig saldo", "saldo koncowe", "saldo zamkniecia", "utgaende saldo", "slutsaldo", "ultimosaldo", "konecny zustatek", "zaro egyenleg", "zaroegyenleg",
)  # fmt: skip
DATED = (
    "kontostand am", "kontostand zum", "kontostand per", "saldo am", "saldo zum", "saldo al", "saldo a", "saldo per", "saldo op", "saldo em", "saldo na dzien", "saldo den", "saldo pr", "balance on", "balance at", "balance as of", "balance as at",
    "solde au", "solde crediteur au", "solde debiteur au", "solde du compte au", "saldo contabile al", "saldo disponibile al", "saldo en fecha",
)  # fmt: skip
"""With a date behind: the balance before the first booking, or after the last."""
CREDITS = (
    "total credits", "total paid in", "total deposits", "total money in", "deposits and additions", "deposits and other credits", "deposits and credits", "total deposits and additions", "total payments in", "total receipts", "money in", "total additions", "deposits/credits",
    "summe gutschriften", "summe haben", "gesamt eingange", "gutschriften gesamt", "summe eingange", "summe zahlungseingange", "gutschriften", "total des credits", "total credit", "total credits", "total abonos", "total ingresos", "total haber", "abonos",
    "total avere", "totale avere", "totale entrate", "totale accrediti", "accrediti", "total creditos", "total de creditos", "creditos", "totaal bij", "totaal bijgeschreven", "totaal credit", "bijschrijvingen", "suma uznan", "uznania", "suma wplat",
    "summa insattningar", "insattningar", "credits", "total de abonos", "paid in", "electronic deposits", "total depositos",
)  # fmt: skip
DEBITS = (
    "total debits", "total paid out", "total withdrawals", "total money out", "withdrawals and payments", "withdrawals and other debits", "withdrawals and debits", "total payments out", "total payments", "money out", "withdrawals/debits", "total withdrawals and payments",
    "electronic withdrawals", "total subtractions", "summe belastungen", "summe soll", "gesamt ausgange", "belastungen gesamt", "summe ausgange", "summe zahlungsausgange", "belastungen", "total des debits", "total debit", "total cargos", "total adeudos", "total debe",
    "cargos", "total dare", "totale dare", "totale uscite", "totale addebiti", "addebiti", "total debitos", "total de debitos", "debitos", "totaal af", "totaal afgeschreven", "totaal debet", "afschrijvingen", "suma obciazen", "obciazenia", "suma wyplat",
    "summa uttag", "uttag", "debits", "total de cargos", "paid out", "withdrawals", "checks paid", "fees", "atm & debit card withdrawals", "total retiros",
)  # fmt: skip
CARRIED = (
    "carried forward", "brought forward", "ubertrag", "a reporter", "report", "suma y sigue", "suma anterior", "a riportare", "riporto", "a transportar", "transporte", "transporteren", "transport", "do przeniesienia", "z przeniesienia",
    "balance carried down", "c/f", "b/f", "page total", "zwischensumme", "sous-total", "subtotal", "saldo ao transportar", "zwischensaldo", "ubertrag auf blatt", "ubertrag von blatt",
)  # fmt: skip
TOTALS = (
    "total",
    "totals",
    "summe",
    "gesamt",
    "totale",
    "totaal",
    "suma",
    "summa",
    "totaux",
    "totales",
    "totali",
    "totais",
    "gesamtsumme",
    "turnover",
    "umsatze",
    "total des operations",
    "total des mouvements",
    "totaux des mouvements",
    "total movimientos",
    "totale movimenti",
    "saldo",
)
POSITIVE = frozenset(
    {
        "cr",
        "c",
        "h",
        "cr.",
        "haben",
        "credit",
        "+",
        "bij",
        "a",
        "k",
        "(cr)",
        "crd",
        "abono",
        "credito",
        "cr\u00e9dit",
        "cr\u00e9dito",
        "gutschrift",
        "in",
    }
)
NEGATIVE = frozenset(
    {
        "dr",
        "d",
        "s",
        "dr.",
        "soll",
        "debit",
        "-",
        "af",
        "db",
        "od",
        "o/d",
        "(dr)",
        "dbt",
        "cargo",
        "debito",
        "d\u00e9bit",
        "d\u00e9bito",
        "\u2212",
        "\u2013",
        "out",
    }
)
_SPACES = re.compile(r"\s+")
_DROPPED = str.maketrans({".": " ", ":": " ", "’": " ", "'": " ", "*": " ", "_": " "})  # noqa: RUF001


@cache
def _spread(text: str) -> str:
    plain = unicodedata.normalize(
        "NFKD", text.casefold().replace("ß", "ss").replace("ł", "l").replace("ø", "o").replace("æ", "ae")
    )
    return "".join(char for char in plain if not unicodedata.combining(char))


def folded(text: str) -> str:
    """Lower case without accents, full stops, colons; single spaces."""
    return _SPACES.sub(" ", _spread(text).translate(_DROPPED)).strip()


def begins_with(text: str, names: tuple[str, ...]) -> str | None:
    """The longest of the names that `text` (folded) begins with, as whole words."""
    best = None
    for name in names:
        same = text == name or (text.startswith(name) and not text[len(name)].isalnum())
        if same and (best is None or len(name) > len(best)):
            best = name
    return best


COLUMN_NAMES: Mapping[str, str] = {folded(name): kind for kind, names in COLUMNS.items() for name in names}
MOST_WORDS = max(len(name.split()) for name in COLUMN_NAMES)
