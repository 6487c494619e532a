"""What a document is written in, by the small words that only one language has."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

_MOST_WORDS = 20_000
_FEWEST = 2
_MARKERS: dict[str, str] = {
    "en": "the and of to for with from this by is on at are your you thank please invoice date amount total number "
    "description quantity price payment due cash change address phone tax customer balance statement account",
    "de": "der die das und von mit für auf den ist nicht bei zum zur ein eine sie wir ihre bitte rechnung datum betrag "
    "summe gesamt menge preis kunde nummer zahlung mwst ust netto brutto bezeichnung konto straße gmbh kontoauszug",
    "fr": "le la les des et du une pour avec dans sur est par vous nous votre notre merci facture montant quantité "
    "prix client numéro paiement tva désignation adresse échéance total ht ttc siret relevé compte",
    "es": "el los las y del una para con por su es en que se factura fecha importe cantidad precio cliente número pago "
    "iva descripción dirección gracias cuenta saldo nif cif base imponible extracto",
    "it": "il lo gli e di del della una per con su è che non fattura data importo quantità prezzo cliente numero "
    "pagamento iva descrizione indirizzo grazie conto partita totale imponibile scontrino",
    "pt": "o os as e do da dos das um uma para com por em não fatura factura data valor quantidade preço cliente "
    "número pagamento iva descrição endereço morada obrigado conta saldo nif contribuinte cnpj",
    "nl": "de het een en van voor met op is niet te bij uw wij factuur datum bedrag aantal prijs klant nummer betaling "
    "btw omschrijving totaal rekening adres bedankt kassabon saldo kvk",
    "pl": "i w z na do się jest nie od za po faktura data kwota ilość cena nabywca sprzedawca numer razem zapłaty "
    "netto brutto nip sztuk paragon ulica konto",
    "sv": "och att det som en för på är av med inte till faktura datum belopp antal pris kund nummer betalning moms "
    "summa beskrivning kvitto konto",
    "da": "og at det som en for på er af med ikke til faktura dato beløb antal pris kunde nummer betaling moms i alt "
    "beskrivelse kvittering konto",
    "nb": "og at det som en for på er av med ikke til faktura dato beløp antall pris kunde nummer betaling mva sum "
    "beskrivelse kvittering konto",
    "fi": "ja on ei se että oli kuin lasku päivämäärä summa määrä hinta asiakas numero maksu alv yhteensä kuvaus kuitti",
    "cs": "a v na se je z do pro že s faktura datum částka množství cena zákazník číslo platba dph celkem popis "
    "účtenka dodavatel odběratel",
    "hu": "a az és hogy nem is egy számla dátum összeg mennyiség ár vevő szám fizetés áfa összesen leírás nyugta eladó",
    "ro": "și în de la cu pe nu se din pentru factură data sumă cantitate preț client număr plată tva total descriere "
    "furnizor cumpărător bon",
    "tr": "ve bir bu ile için fatura tarih tutar miktar fiyat müşteri numara ödeme kdv toplam açıklama fiş adres",  # noqa: RUF001
    "ms": "dan di ke yang untuk dengan jumlah tarikh bil resit terima kasih tunai harga jalan taman",
    "id": "dan di ke yang untuk dengan jumlah tanggal faktur kwitansi terima kasih tunai harga jalan total bayar",
}
_WORDS: dict[str, tuple[str, ...]] = {}
for _language, _text in _MARKERS.items():
    for _word in _text.split():
        _WORDS[_word] = (*_WORDS.get(_word, ()), _language)

_SCRIPTS: tuple[tuple[str, str, str], ...] = (
    ("\u3040", "\u30ff", "ja"),
    ("\uac00", "\ud7af", "ko"),
    ("\u4e00", "\u9fff", "zh"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u0370", "\u03ff", "el"),
    ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0900", "\u097f", "hi"),
    ("\u0400", "\u04ff", "ru"),
)


def guess_languages(words: Iterable[str]) -> tuple[str, ...]:
    """ISO 639-1, the likeliest first; empty where nothing tells."""
    votes: defaultdict[str, float] = defaultdict(float)
    for word in islice(words, _MOST_WORDS):
        folded = word.strip(".,:;!?()[]").casefold()
        owners = _WORDS.get(folded, ())
        for language in owners:
            votes[language] += 1 / len(owners) ** 0.5
        if not owners and folded and not folded.isascii():
            script = _script_of(folded)
            if script:
                votes[script] += 1
    ranked = [
        (language, share)
        for language, share in sorted(votes.items(), key=lambda pair: -pair[1])
        if share >= _FEWEST
    ]
    if not ranked:
        return ()
    best = ranked[0][1]
    return tuple(language for language, share in ranked if share >= 0.3 * best)


def _script_of(word: str) -> str | None:
    for first, last, language in _SCRIPTS:
        if any(first <= char <= last for char in word):
            return language
    return None
