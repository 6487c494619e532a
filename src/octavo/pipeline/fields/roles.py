"""What stands above or before a party's address, and which part the party plays."""

import re

from octavo.pipeline.fields.items.vocabulary import plain

_SELLER = """verkäufer|verkaufer|lieferant|rechnungssteller|rechnungsersteller|rechnungsaussteller|absender|leistungserbringer|auftragnehmer|seller|vendor|supplier
|from|sold by|issued by|billed by|invoice from|bill from|issuer|company|service provider|exporter|remit to|vendeur|fournisseur|émetteur|emetteur|de la part de|prestataire
|société|expéditeur|de|vendedor|emisor|proveedor|emitido por|fornitore|cedente|cedente/prestatore|mittente|venditore|emittente|fornecedor|emitente|prestador
|verkoper|leverancier|afzender|van|sprzedawca|dodavatel|säljare|sælger|selger|myyjä|eladó|furnizor|satıcı"""
_BUYER = """käufer|käufer/leistungsempfänger|kunde|auftraggeber|leistungsempfänger|besteller|rechnungsempfänger|rechnung an|rechnungsadresse|rechnungsanschrift|empfänger|an|kundenadresse
|buyer|bill to|billed to|invoice to|invoiced to|customer|client|sold to|to|invoice address|billing address|bill-to|customer details|purchaser|recipient|issued to|attention|customer name|client name|billed for|charge to|invoice for|importer
|acheteur|client|facturé à|facture à|facturer à|adressé à|adresse de facturation|destinataire|à l'attention de|adresse facturation|client facturé|nom du client|à
|comprador|cliente|facturar a|facturado a|datos del cliente|dirección de facturación|destinatario|datos cliente|cliente/destinatario|para
|acquirente|cessionario|cessionario/committente|spett.le|spettabile|spett|intestatario|destinatario|fatturare a|dati cliente|committente|intestato a
|cliente|adquirente|exmo.(s) sr.(s)|exmo(s) sr(s)|exmos. senhores|exmo. sr.|faturar a|tomador|sacado|destinatário
|koper|klant|factuuradres|factuur aan|afnemer|aan|geadresseerde|klantgegevens|nabywca|odběratel|köpare|køber|kjøper|kunde|ostaja|vevő|cumpărător|client/cumpărător|alıcı|mottagare|faktureringsadress|bil to|bili to|fakturaadress|fakturamottagare|fakturera till|faktureres til|laskutusosoite|fakturační adresa|responsible party|guarantor|patient|patient name|guest|guest name|insured|policyholder|resident|patientin|patient/in|versicherter|gast|hôte|huésped|ospite|paziente|paciente"""
_SHIP_TO = """warenempfänger|lieferadresse|lieferanschrift|lieferung an|abweichender warenempfänger|lieferempfänger|versandadresse|ship to|shipped to|job site|jobsite|site address|service address|service location|work site|installation address|project address|einsatzort|bauvorhaben|baustelle|leistungsort|adresse du chantier|lugar de la obra|luogo di esecuzione|deliver to|delivery address|delivery to|shipping address|ship-to|consignee|delivered to
|livré à|adresse de livraison|livraison|lieu de livraison|livrer à|dirección de entrega|dirección de envío|enviar a|lugar de entrega|entregar en|destinazione|luogo di consegna|destinazione merce|indirizzo di consegna|indirizzo di spedizione|consegnare a
|morada de entrega|local de entrega|local de descarga|endereço de entrega|entregar em|afleveradres|verzendadres|bezorgadres|leveringsadres|odbiorca|leveransadress|leveringsadresse|toimitusosoite|místo dodání"""
_OTHER = """abweichender zahlungsempfänger|abweichender rechnungsempfänger|zahlungsempfänger|payee|pay to|abweichender steuervertreter|steuervertreter|tax representative|bank|bank details|bankverbindung|shipper|notify party"""
_CARRIER = """carrier|frachtführer|spediteur|transporteur|forwarder|freight forwarder|transportista|vettore|vervoerder|transportador|shipping line|trucking company"""
_SHIPPER = """shipper|absender|versender|expéditeur|remitente|mittente|afzender|expedidor|consignor|ship from|origin|pickup from|pick up"""
_CONSIGNEE = """consignee|empfänger|destinataire|consignatario|destinatario|destinatário|geadresseerde|ship to|deliver to|destination|delivery to"""


def _phrases(text: str) -> dict[str, int]:
    """Plain phrase to its place in the list: the earlier, the surer."""
    found: dict[str, int] = {}
    for rank, phrase in enumerate(text.replace("\n", "").split("|")):
        found.setdefault(plain(phrase), rank)
    return found


INVOICE_ROLES = {
    "seller": _phrases(_SELLER),
    "buyer": _phrases(_BUYER),
    "ship_to": _phrases(_SHIP_TO),
    "other": _phrases(_OTHER),
}
FREIGHT_ROLES = {
    "carrier": _phrases(_CARRIER + "|" + _SELLER.replace("absender|", "").replace("expéditeur|", "")),
    "shipper": _phrases(_SHIPPER),
    "consignee": _phrases(_CONSIGNEE),
    "bill_to": _phrases(_BUYER.replace("destinataire|", "").replace("empfänger|", "")),
    "other": _phrases("notify party|payee|pay to|bank|bank details"),
}
_SHORT = frozenset({"de", "van", "a", "company", "bank", "attention"})
"""Only with a colon: they are words of many other lines, too."""
_ALL = frozenset(
    label for roles in (INVOICE_ROLES, FREIGHT_ROLES) for labels in roles.values() for label in labels
)

Roles = dict[str, dict[str, int]]


def role_of(text: str, roles: Roles) -> tuple[str, int, str] | None:
    """The role a run of words names, how sure the label is (0 is surest), and what follows it."""
    head, colon, rest = text.partition(":")
    label = plain(head)
    if "(" in head and label not in _ALL:
        label = plain(re.sub(r"\s*\([^()]*\)\s*$", "", head))
    if label in _SHORT and not colon:
        return None
    for role, phrases in roles.items():
        if label in phrases:
            return role, phrases[label], rest.strip()
    return None
