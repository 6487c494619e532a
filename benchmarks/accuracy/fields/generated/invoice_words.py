"""The words of invoices in eight languages, several for each thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    title: tuple[str, ...]
    credit: str
    number: tuple[str, ...]
    date: tuple[str, ...]
    due: tuple[str, ...]
    order: tuple[str, ...]
    customer: tuple[str, ...]
    seller: tuple[str, ...]
    buyer: tuple[str, ...]
    ship_to: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    net: tuple[str, ...]
    tax: tuple[str, ...]
    total: tuple[str, ...]
    discount: tuple[str, ...]
    carried: tuple[str, ...]
    tax_id: tuple[str, ...]
    phone: str
    bank: tuple[str, ...]
    page: str
    units: tuple[str, ...]
    goods: tuple[str, ...]
    more: tuple[str, ...]
    """Second lines of descriptions."""
    thanks: str


def _w(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


WORDS: dict[str, Words] = {
    "en": Words(
        _w("INVOICE|Invoice|Tax Invoice"), "Credit Note",
        _w("Invoice No.|Invoice Number|Invoice #|Invoice no"), _w("Invoice Date|Date|Date of issue|Issue date"),
        _w("Due Date|Payment due|Due by"), _w("PO Number|Your order no.|P.O. #|Purchase order"), _w("Customer No.|Account no.|Customer ID"),
        _w("From|Seller|Supplier"), _w("Bill To|Invoice to|Billed to|Customer"), _w("Ship To|Deliver to|Delivery address"),
        {"position": _w("#|No.|Line"), "sku": _w("Item code|SKU|Product code|Part no."), "description": _w("Description|Item|Product|Details"),
         "quantity": _w("Qty|Quantity|Units"), "unit": _w("Unit|UOM"), "unit_price": _w("Unit Price|Price|Rate|Unit cost"),
         "discount": _w("Disc. %|Discount"), "tax_rate": _w("VAT|VAT %|Tax|Tax rate"), "amount": _w("Amount|Total|Line total|Net amount")},
        _w("Subtotal|Net total|Total excl. VAT|Sub-total"), _w("VAT|VAT {rate}|Tax {rate}|VAT @ {rate}"),
        _w("Total|Grand Total|Total due|Invoice total|Amount due"), _w("Discount|Less discount"), _w("Carried forward|Subtotal carried forward"),
        _w("VAT No|VAT Reg. No.|VAT number"), "Phone", _w("Bank details|Payment details"), "Page {n} of {of}",
        _w("pcs|h|kg|m|box"), _w("Steel bracket 40 mm|Consulting services|Oak shelf, oiled|USB-C cable 2 m|Annual maintenance|Blue paint RAL 5015|"
        "Printed brochures A5|Safety gloves size 9|Website hosting|Copper pipe 22 mm|Coffee beans Arabica|LED panel 60x60"),
        _w("Delivered to site|incl. mounting kit|as discussed on the phone|galvanised, 10 year warranty"), "Thank you for your business."),
    "de": Words(
        _w("RECHNUNG|Rechnung"), "Gutschrift",
        _w("Rechnungsnummer|Rechnungs-Nr.|Rechnung Nr.|Rechnungsnr.|Beleg-Nr."), _w("Rechnungsdatum|Datum|Belegdatum"),
        _w("Fällig am|Zahlbar bis|Fälligkeitsdatum"), _w("Bestellnummer|Ihre Bestellung|Bestell-Nr."), _w("Kundennummer|Kunden-Nr.|Kd.-Nr."),
        _w("Verkäufer|Lieferant|Rechnungssteller"), _w("Rechnungsempfänger|Käufer|Rechnungsadresse|Rechnung an"), _w("Lieferadresse|Lieferanschrift|Warenempfänger"),
        {"position": _w("Pos.|Pos|Nr."), "sku": _w("Art.-Nr.|Artikelnr.|Artikelnummer"), "description": _w("Bezeichnung|Beschreibung|Artikel|Leistung"),
         "quantity": _w("Menge|Anzahl"), "unit": _w("Einheit|ME"), "unit_price": _w("Einzelpreis|E-Preis|Preis|Einzelpreis EUR"),
         "discount": _w("Rabatt|Rabatt %"), "tax_rate": _w("MwSt.|USt. %|MwSt %|USt"), "amount": _w("Gesamtpreis|Betrag|Gesamt|Gesamt EUR|Nettobetrag")},
        _w("Nettobetrag|Summe netto|Zwischensumme|Gesamt netto"), _w("MwSt. {rate}|zzgl. {rate} MwSt.|Umsatzsteuer {rate}|USt. {rate}"),
        _w("Gesamtbetrag|Rechnungsbetrag|Bruttobetrag|Gesamtsumme|Endbetrag"), _w("Rabatt|abzgl. Rabatt"), _w("Übertrag|Zwischensumme / Übertrag"),
        _w("USt-IdNr.|USt-ID|USt.-Id.-Nr."), "Telefon", _w("Bankverbindung|Bank"), "Seite {n} von {of}",
        _w("Stk.|Std.|kg|m|Stück"), _w("Montage Fensterbank|Schrauben M8 x 40|Beratung vor Ort|Kabelkanal weiß|Wandfarbe RAL 9010|Holzdübel 10 mm|Softwarewartung|"
        "Druckerpapier A4|Kaffeebohnen kräftig|Gartenschere Profi|Bürostuhl höhenverstellbar|Dichtungsring 3/4"),
        _w("verzinkt, 100er Packung|inkl. Anfahrt|laut Angebot vom März|Farbe anthrazit"), "Vielen Dank für Ihren Auftrag."),
    "fr": Words(
        _w("FACTURE|Facture"), "Avoir",
        _w("Facture n°|N° de facture|Numéro de facture|N° facture"), _w("Date de facture|Date|Date d'émission|Date de facturation"),
        _w("Date d'échéance|Échéance|À payer avant le"), _w("N° de commande|Votre commande|Bon de commande"), _w("N° client|Code client|Réf. client"),
        _w("Vendeur|Fournisseur|Émetteur"), _w("Facturé à|Client|Adresse de facturation"), _w("Livré à|Adresse de livraison"),
        {"position": _w("N°|Ligne"), "sku": _w("Réf.|Référence|Code article"), "description": _w("Désignation|Description|Libellé"),
         "quantity": _w("Quantité|Qté|Qté."), "unit": _w("Unité|U"), "unit_price": _w("Prix unitaire HT|P.U. HT|Prix unitaire|PU HT"),
         "discount": _w("Remise|Remise %|Rem. %"), "tax_rate": _w("TVA|Taux TVA|TVA %"), "amount": _w("Montant HT|Total HT|Montant")},
        _w("Total HT|Montant HT|Sous-total HT|Total net HT"), _w("TVA {rate}|Total TVA|TVA ({rate})|Montant TVA"),
        _w("Total TTC|Net à payer|Montant TTC|Total TTC à payer"), _w("Remise|Remise globale"), _w("À reporter|Report"),
        _w("N° TVA|TVA intracommunautaire|N° TVA intracom."), "Tél.", _w("Coordonnées bancaires|Règlement"), "Page {n}/{of}",
        _w("u|h|kg|m|pièce"), _w("Pose de parquet chêne|Vis inox 5 x 60|Conseil en organisation|Peinture blanche mate|Tuyau cuivre 14 mm|Câble électrique 3G2,5|"
        "Entretien annuel|Café moulu bio|Ramette papier A4|Lampe de bureau|Gants de protection|Étagère murale"),
        _w("fourniture et pose|y compris déplacement|selon devis accepté|coloris au choix"), "Merci de votre confiance."),
    "es": Words(
        _w("FACTURA|Factura"), "Abono",
        _w("Nº factura|Factura nº|Número de factura"), _w("Fecha|Fecha de factura|Fecha de emisión"), _w("Vencimiento|Fecha de vencimiento"),
        _w("Nº pedido|Su pedido"), _w("Nº cliente|Código cliente"), _w("Vendedor|Emisor|Proveedor"), _w("Facturar a|Cliente|Datos del cliente"),
        _w("Enviar a|Dirección de entrega"),
        {"position": _w("Nº|Línea"), "sku": _w("Código|Referencia|Ref."), "description": _w("Descripción|Concepto|Producto"), "quantity": _w("Cantidad|Cant.|Uds."),
         "unit": _w("Unidad|Ud."), "unit_price": _w("Precio|Precio unitario|P. unitario"), "discount": _w("Dto. %|Descuento"), "tax_rate": _w("IVA|IVA %|% IVA"),
         "amount": _w("Importe|Total|Importe neto")},
        _w("Base imponible|Subtotal|Total neto"), _w("IVA {rate}|Total IVA|Cuota IVA"), _w("Total factura|Total|Importe total|Total a pagar"),
        _w("Descuento|Dto."), _w("Suma y sigue|Suma anterior"), _w("NIF|CIF|N.I.F."), "Tel.", _w("Datos bancarios|Forma de pago"), "Página {n} de {of}",
        _w("ud|h|kg|m|caja"), _w("Aceite de oliva virgen|Azulejo blanco 20x20|Servicio de limpieza|Tornillo inox M6|Pintura plástica|Mano de obra|Tubo PVC 40 mm|"
        "Silla de oficina|Café en grano|Folios A4|Bombilla LED|Guantes de nitrilo"),
        _w("entrega en obra|según presupuesto|color a elegir|transporte incluido"), "Gracias por su confianza."),
    "it": Words(
        _w("FATTURA|Fattura"), "Nota di credito",
        _w("Fattura n.|Numero fattura|N. fattura"), _w("Data|Data fattura|Data documento"), _w("Scadenza|Data scadenza"), _w("Vs. ordine|Numero ordine"),
        _w("Codice cliente|N. cliente"), _w("Fornitore|Cedente|Mittente"), _w("Cliente|Spett.le|Intestatario"), _w("Destinazione merce|Luogo di consegna"),
        {"position": _w("N.|Riga"), "sku": _w("Codice|Cod. art.|Codice articolo"), "description": _w("Descrizione|Prodotto|Descrizione articolo"),
         "quantity": _w("Quantità|Q.tà|Qta"), "unit": _w("U.M.|UM"), "unit_price": _w("Prezzo unitario|Prezzo|Prezzo unit."), "discount": _w("Sconto %|Sc. %"),
         "tax_rate": _w("IVA|IVA %|Aliquota IVA"), "amount": _w("Importo|Totale|Importo netto")},
        _w("Imponibile|Totale imponibile|Totale netto"), _w("IVA {rate}|Totale IVA|Imposta"), _w("Totale fattura|Totale|Totale documento|Netto a pagare"),
        _w("Sconto|Sconti"), _w("Riporto|Da riportare"), _w("P.IVA|Partita IVA|P. IVA"), "Tel.", _w("Coordinate bancarie|Banca"), "Pagina {n} di {of}",
        _w("pz|h|kg|m|nr"), _w("Piastrelle gres 60x60|Consulenza tecnica|Vite autofilettante|Vernice bianca|Manutenzione annuale|Tubo rame 18 mm|Caffè in grani|"
        "Carta A4 80 g|Lampada da tavolo|Guanti da lavoro|Mensola in legno|Cavo elettrico"),
        _w("compresa posa in opera|come da preventivo|colore a scelta|consegna al piano"), "Grazie per la fiducia."),
    "pt": Words(
        _w("FATURA|Fatura"), "Nota de crédito",
        _w("Fatura n.º|Nº da fatura|Número da fatura"), _w("Data|Data de emissão|Data da fatura"), _w("Vencimento|Data de vencimento"),
        _w("Encomenda|Nº encomenda"), _w("Nº de cliente|Código de cliente"), _w("Fornecedor|Emitente"), _w("Cliente|Faturar a"), _w("Morada de entrega|Local de entrega"),
        {"position": _w("Nº|Linha"), "sku": _w("Código|Ref.|Cód. artigo"), "description": _w("Descrição|Designação|Produto"), "quantity": _w("Quantidade|Qtd.|Qtd"),
         "unit": _w("Un.|Unidade"), "unit_price": _w("Preço unitário|Preço|Pr. unitário"), "discount": _w("Desc. %|Desconto"), "tax_rate": _w("IVA|IVA %|Taxa IVA"),
         "amount": _w("Valor|Total|Total líquido")},
        _w("Subtotal|Total líquido|Total sem IVA"), _w("IVA {rate}|Total IVA|Valor do IVA"), _w("Total|Total a pagar|Total com IVA|Total geral"),
        _w("Desconto|Desconto global"), _w("A transportar|Transporte"), _w("NIF|Contribuinte|NIPC"), "Tel.", _w("Dados bancários|Pagamento"), "Página {n} de {of}",
        _w("un|h|kg|m|cx"), _w("Azeite virgem extra|Azulejo pintado|Serviço de limpeza|Parafuso inox M6|Tinta plástica|Mão de obra|Tubo PVC 40 mm|Cadeira de escritório|"
        "Café em grão|Papel A4|Lâmpada LED|Luvas de nitrilo"),
        _w("entrega incluída|conforme orçamento|cor à escolha"), "Obrigado pela preferência."),
    "nl": Words(
        _w("FACTUUR|Factuur"), "Creditnota",
        _w("Factuurnummer|Factuurnr.|Factuur nr."), _w("Factuurdatum|Datum"), _w("Vervaldatum|Betalen voor"), _w("Uw order|Ordernummer|Bestelnummer"),
        _w("Klantnummer|Debiteurnummer"), _w("Leverancier|Verkoper"), _w("Factuuradres|Klant|Factuur aan"), _w("Afleveradres|Leveringsadres"),
        {"position": _w("Nr.|Regel"), "sku": _w("Artikelcode|Artikelnr.|Art. code"), "description": _w("Omschrijving|Artikelomschrijving|Product"), "quantity": _w("Aantal|Hoeveelheid"),
         "unit": _w("Eenheid|Eenh."), "unit_price": _w("Prijs|Stukprijs|Prijs per stuk"), "discount": _w("Korting|Korting %"), "tax_rate": _w("BTW|BTW %"),
         "amount": _w("Bedrag|Totaal|Totaal excl. btw")},
        _w("Subtotaal|Totaal excl. btw|Netto bedrag"), _w("BTW {rate}|Totaal btw|BTW bedrag"), _w("Totaal|Totaal incl. btw|Te betalen|Totaalbedrag"),
        _w("Korting"), _w("Transport|Transporteren"), _w("BTW-nr.|BTW nummer|BTW-nummer"), "Tel.", _w("Bankgegevens|Betaling"), "Pagina {n} van {of}",
        _w("st|uur|kg|m|stuks"), _w("Kaas oud 48+|Advies op locatie|Schroeven RVS|Verf wit mat|Kabel 3 x 2,5|Onderhoud jaarcontract|Printpapier A4|Koffiebonen|Bureaustoel|"
        "Werkhandschoenen|Wandplank eiken|Koperen buis"),
        _w("inclusief voorrijkosten|volgens offerte|kleur naar keuze"), "Bedankt voor uw opdracht."),
    "pl": Words(
        _w("FAKTURA|Faktura VAT"), "Faktura korygująca",
        _w("Faktura nr|Nr faktury|Numer faktury"), _w("Data wystawienia|Data faktury"), _w("Termin płatności"), _w("Nr zamówienia|Zamówienie nr"), _w("Numer klienta"),
        _w("Sprzedawca"), _w("Nabywca"), _w("Odbiorca"),
        {"position": _w("Lp.|Poz."), "sku": _w("Indeks|Kod"), "description": _w("Nazwa towaru|Nazwa|Nazwa towaru lub usługi"), "quantity": _w("Ilość"), "unit": _w("J.m.|Jedn."),
         "unit_price": _w("Cena netto|Cena jednostkowa"), "discount": _w("Rabat"), "tax_rate": _w("VAT|Stawka VAT|VAT %"), "amount": _w("Wartość netto|Wartość")},
        _w("Razem netto|Wartość netto"), _w("VAT {rate}|Kwota VAT|Razem VAT"), _w("Razem brutto|Do zapłaty|Razem"), _w("Rabat"), _w("Z przeniesienia|Do przeniesienia"),
        _w("NIP"), "Tel.", _w("Konto bankowe|Bank"), "Strona {n} z {of}",
        _w("szt.|godz.|kg|m"), _w("Śruba nierdzewna M8|Usługa doradcza|Farba biała|Papier A4|Kawa ziarnista|Lampa biurkowa|Rękawice robocze|Półka dębowa|Kabel 3x2,5|Rura miedziana"),
        _w("z dostawą|zgodnie z ofertą"), "Dziękujemy za zamówienie."),
}  # fmt: skip
