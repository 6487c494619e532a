"""What the words of a receipt's rows are about, in many languages."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from octavo.pipeline.fields.wording import folded, likeness


class About(StrEnum):
    TOTAL = "total"
    FINAL = "final"
    """Makes a total the one that is paid: grand, net, payable, due."""
    SUB = "sub"
    WITHOUT = "without"
    """Excluding something."""
    WITH = "with"
    """Including something."""
    TAX = "tax"
    PAID = "paid"
    CASH = "cash"
    CARD = "card"
    CHANGE = "change"
    ROUNDING = "rounding"
    DISCOUNT = "discount"
    SERVICE = "service"
    COUNT = "count"
    """Of goods, points, pages: no money."""
    AMOUNT = "amount"
    SUMMARY = "summary"
    """Heads a block of taxes by rate."""


WORDS: Mapping[About, str] = MappingProxyType(
    {
        About.TOTAL: "total totals totale totaal totalt summe summa suma somme gesamt gesamtbetrag gesamtsumme "
        "rechnungsbetrag endbetrag endsumme razem celkem spolu osszesen toplam yhteensa ialt jumlah tutar skupaj "
        "ukupno итого всего σύνολο totalsales totalamount totalgross",
        About.FINAL: "grand net nett netto payable due topay bayar zahlen zahlbetrag payer pagar betalen pagare zaplaty "
        "betala betale maksettava plata uhradu odenecek complessivo general geral bestbetaling owed",
        About.SUB: "sub subtotal subtotals zwischensumme soustotal subtotale subtotaal delsumma mellansumma valisumma "
        "mezisoucet reszosszeg aratoplam",
        About.WITHOUT: "excl excluding exclusive exc ohne hors exclu escluso exkl zzgl before ht excluded sin senza",
        About.WITH: "incl including inclusive inc inklusive inkl includes include ttc incluso compris enthalten "
        "included incluido incluida",
        About.TAX: "gst vat tax taxes sst hst pst tva iva mwst ust btw moms mva alv dph afa kdv ppn igst cgst sgst "
        "taxable salestax ndc ptu",
        About.PAID: "paid tender tendered received payment given gegeben bezahlt paye regle recu pagato pagado pago "
        "entregado betaald ontvangen erhalten zaplacono wplata betalt maksettu zaplaceno fizetve odenen settlement",
        About.CASH: "cash bar bargeld especes efectivo contanti contante dinheiro numerario contant gotowka kontant "
        "kontanter kateinen hotove hotovost keszpenz numerar nakit tunai barzahlung",
        About.CARD: "visa master mastercard amex card kreditkarte karte girocard maestro debit credit carte carta "
        "tarjeta cartao karta kort kortti bankkort kartica kart mydebit paypal applepay paywave contactless vpay "
        "americanexpress bancomat multibanco eftpos touchngo alipay wechat grabpay pinnen pin bankpas betaalpas",
        About.CHANGE: "change changedue balance ruckgeld wechselgeld rendu monnaie cambio resto troco wisselgeld terug "
        "reszta vaxel tilbage vekslepenger vaihtoraha vraceno vratit visszajaro rest paraustu kembali baki returned",
        About.ROUNDING: "rounding rounded round roundingadj roundingadjustment rundung arrondi redondeo arrotondamento "
        "arredondamento afronding zaokrouhleni zaokraglenie avrundning oresavrundning kerekites adj adjustment pelarasan",
        About.DISCOUNT: "discount disc rabatt remise descuento sconto desconto korting rabat sleva kedvezmeny indirim "
        "savings saved saving coupon promotion nachlass ersparnis off voucher gutschein voordeel bonuskorting",
        About.SERVICE: "service serv svc charge charges servicecharge bedienung propina tip tips gratuity delivery fee",
        About.COUNT: "qty quantity item items count pcs points point pax stuck anzahl menge articles articulos cantidad "
        "articoli quantita artigos aantal artikelen ilosc sztuk antal maara pocet darab units visits visit number",
        About.AMOUNT: "amount amt sales sale betrag montant importe importo valor bedrag kwota belopp belob castka "
        "bill gross price value",
        About.SUMMARY: "summary analysis zusammenfassung ubersicht breakdown recap",
    }
)  # fmt: skip

_CONCEPTS: dict[str, frozenset[About]] = {}
for _about, _text in WORDS.items():
    for _word in _text.split():
        _CONCEPTS[folded(_word)] = _CONCEPTS.get(folded(_word), frozenset()) | {_about}
for _word in (
    "ground",
    "around",
    "today",
    "range",
    "orange",
    "exchange",
    "exchanges",
    "chargers",
    "bears",
    "paper",
    "papers",
):
    _CONCEPTS[_word] = frozenset()  # near to a label, but none
_TWISTED = str.maketrans({"1": "l", "i": "l", "0": "o", "5": "s", "8": "b", "|": "l"})
"""Letters and digits that a reader takes for one another, as one of them."""
_ALIKE = {key.translate(_TWISTED): about for key, about in _CONCEPTS.items() if len(key) > 3}
_LETTERS = re.compile(r"[^\W\d_]")
_PARTS = re.compile(r"[^\W_]+(?:['\u2019&][^\W_]+)?|%")


@lru_cache(maxsize=20_000)
def concepts_of(word: str) -> frozenset[About]:
    """What one word is about; a slip of the reader does not matter in longer words."""
    plain = folded(word)
    if not _LETTERS.search(plain):
        return frozenset()
    known = _CONCEPTS.get(plain, _ALIKE.get(plain.translate(_TWISTED)))
    if known is not None:
        return known
    if len(plain) < 5:
        return frozenset()
    twisted = plain.translate(_TWISTED)
    best = max(((likeness(twisted, key), key) for key in _ALIKE), default=(0.0, ""))
    return _ALIKE[best[1]] if best[0] else frozenset()


@lru_cache(maxsize=20_000)
def concepts_in(text: str) -> frozenset[About]:
    """Of all words; two short ones are also tried as one (`sub total`, `i alt`, `to pay`)."""
    words = _PARTS.findall(text)
    found: set[About] = set()
    for number, word in enumerate(words):
        found |= concepts_of(word)
        if number + 1 < len(words):
            joined = folded(word + words[number + 1])
            found |= _CONCEPTS.get(joined, frozenset())
    return frozenset(found)
