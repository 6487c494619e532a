"""The columns of invoices, and what stands below them."""

from octavo.pipeline.fields.items.vocabulary import ColumnVocabulary, split_phrases

_POSITION = """pos|pos.|position|posten|pos nr|pos.-nr.|lfd|lfd nr|lfd. nr.|nr|nr.|no|no.|#|item no|item #|item nr|line|line no|line #|ln
|sl no|s no|sr no|sno|n°|n|num|rep|ligne|n° ligne|lig|linea|línea|lin|riga|linha|regel|regelnr|regel nr|rij|lp|l p|p č|poz|rad|rivi
|volgnr|ref ligne|s.no.|sr.|sr. no.|sl.no."""
_SKU = """art nr|art-nr|art.nr|art. nr.|art.-nr.|artnr|artikel nr|artikelnr|artikel-nr|artikelnummer|artikel-nummer|art nr kunde|art-nr-kunde
|art-nr-lief.|art-nr-lieferant|art nr lief|produktnummer|produkt nr|produktnr|bestellnummer|bestell nr|material|materialnummer|materialnr
|gtin|ean|ean code|upc|barcode|sku|item code|item number|item id|product code|product no|product id|product number|part no|part number|part #
|part|code|catalog no|stock code|article no|article number|article|réf|ref|référence|reference|réf.|code article|réf article|code produit
|référence article|ref. article|référence produit|código|cod|cod.|codigo|referencia|ref.|código artículo|cod articulo|artículo|codice|cod art
|cod. art.|codice articolo|articolo cod|codice prodotto|cód|cód.|cód. artigo|código do produto|código produto|artikelcode|art code|artikelnr.
|productcode|hs code|hsn|hsn/sac|hsn code|unsere art.nr.|ihre art.nr.|unsere art nr|ihre art nr|unsere artikelnummer|indeks|kod|kód"""
_DESCRIPTION = """sparte|leistungsart|kostenart|tarif / leistung|preisbestandteil|energieart|procedure|procedures|treatment|behandlung|behandlungen|service rendered|services rendered|transaction description|prestazione|prestazioni|acte|actes|tratamiento|charge description|charge type|description of charges|type of charge
|beschreibung|bezeichnung|artikel|artikelbezeichnung|artikelbeschreibung|leistung|leistungsbeschreibung|produkt|produktbezeichnung
|warenbezeichnung|artikel bezeichnung|artikel / leistung|bezeichnung der leistung|text|gegenstand|benennung|tätigkeit|positionstext
|artikel/leistung|bezeichnung / leistung|ware|warenbeschreibung|ware / dienstleistung|dienstleistung
|description|item|item description|items|product|product description|product name|service|services|service description|details|particulars
|goods|goods description|description of goods|description of services|description of goods and services|activity|work|name|name of item
|name and description|product / service|product/service|products|article description|item & description|item name|item details|task
|désignation|designation|libellé|libelle|produit|produits|article / désignation|prestation|prestations|description des prestations|nature
|désignation des produits|description de la prestation|intitulé|détail|désignation du produit|objet|désignation de l'article
|descripción|descripcion|concepto|producto|artículo / descripción|detalle|descripción del producto|conceptos|servicio|nombre
|descrizione|prodotto|articolo|descrizione articolo|descrizione prodotto|servizio|descrizione dei beni|oggetto|causale|denominazione
|descrição|descricao|produto|artigo|designação|designacao|serviço|descrição do produto|discriminação|descrição do serviço
|omschrijving|artikelomschrijving|dienst|product omschrijving|beschrijving|werkzaamheden|naam
|nazwa|nazwa towaru|nazwa towaru lub usługi|opis|nazwa towaru/usługi|popis|název|označení dodávky|položka|beskrivning|benämning|beskrivelse|vare|varenavn
|tuote|kuvaus|megnevezés|denumire|denumirea produselor|açıklama|mal hizmet|ürün|tekst"""
_QUANTITY = """verbrauch|verbrauch kwh|consumption|usage|consumo|consommation|verbruik|nights|nächte|nuits|noches|notti|nachten
|menge|anzahl|stück|stückzahl|stk|mge|anz|anz.|liefermenge|menge/einheit|menge einheit|stunden|std|std.
|qty|qty.|quantity|qnty|quant|units|hours|hrs|hrs.|hours/qty|qty/hrs|no of units|pcs|quantity shipped|qty shipped|qty ordered|ordered|shipped|billed|days
|quantité|quantite|qté|qte|qté.|nombre|nbre|nb|qt|qté facturée|heures|jours|quantités|qtés
|cantidad|cant|cant.|ctd|unidades|uds|uds.|horas|cantidades
|quantità|quantita|q.tà|qtà|q.ta|qta|q tà|q tè|ore|nr.
|quantidade|qtd|qtd.|qtde|quant.|qde|qtde.
|aantal|aant|aant.|hoeveelheid|uren|stuks
|ilość|ilosc|množství|antal|antall|määrä|mennyiség|cantitate|cant|miktar|mängd|kpl"""
_UNIT = """einheit|me|einh|einh.|mengeneinheit|meng.-einheit|mengen-einheit|me.|eh|vpe|unit|uom|u/m|um|units of measure|unit of measure|per
|unité|unite|u|unités|unité de mesure|unidad|ud|ud.|u.m.|unidad de medida|unità|unita di misura|unità di misura|unidade|un|unid|unid.|eenheid|eenh|eenh.
|jm|j.m.|jednostka|jedn|mj|enhet|enhed|yksikkö|birim|u.m"""
_UNIT_PRICE = """p.u. ttc|pu ttc|prix unitaire ttc|prix ttc unitaire|unit price incl. vat|price incl. vat|einzelpreis brutto|prezzo ivato|precio con iva|preço c/ iva|prijs incl. btw
|arbeitspreis|arbeitspreis ct/kwh|arbeitspreis (ct/kwh)|preis ct/kwh|preis (ct/kwh)|price p/kwh|unit price (p)|rate/night|rate per night
|nettopreis|einzelpreis|e-preis|e preis|einzel|ep|epreis|einzelpreis netto|netto einzelpreis|preis|preis/einheit|preis je einheit|preis einheit
|stückpreis|einzelpreis eur|einzelpreis in eur|einzelpreis €|preis netto|preis/me|preis pro einheit|stundensatz|satz|einheitspreis|vk-preis
|einzelpreis (netto)|preis eur|preis in eur|netto-preis|netto preis|preis/stück|e.-preis|einz.-preis|ep netto|einzelbetrag|einzel-preis|basispreis
|unit price|price|price each|rate|unit cost|cost|price per unit|price/unit|net price|unit net price|unit price net|item price|unit rate|rate/hr|hourly rate
|each|price (net)|net unit price|unit price excl vat|unit price ex vat|unit price excl. vat|price excl. vat|unit price (excl. vat)|list price|cost each|price ea|u. price|u/price
|prix unitaire|prix unitaire ht|p.u.|pu|pu ht|p.u. ht|p.u ht|prix|prix ht|prix unit|prix unit.|prix u.|prix unit ht|prix unit. ht|prix u. ht|tarif|taux horaire|prix net
|pu net|prix unitaire net|prix unitaire (ht)|prix unitaire hors taxe|prix unitaire h.t.|pu h.t.|pu ht net
|precio|precio unitario|precio unit|precio unit.|p. unitario|p.unit|p. unit|precio ud|precio/ud|precio unidad|tarifa|importe unitario|precio ud.|precio u.|pvp
|prezzo|prezzo unitario|prezzo unit|prezzo unit.|prezzo un|p. unit.|prezzo netto|costo unitario|importo unitario|prezzo un.|p.unitario
|preço|preco|preço unitário|pr. unit.|pr unit|pr.unit.|preço unit|preço unit.|pr. unitário|p. unitário|valor unitário|vl unit|vlr unit|vl. unitário|preço un.|valor unit.
|prijs|stukprijs|prijs per stuk|eenheidsprijs|prijs per eenheid|tarief|prijs p/st|prijs/stuk|per stuk|prijs excl. btw|uurtarief|prijs excl
|cena|cena netto|cena jednostkowa|cena jedn|cena jedn.|cena jedn. netto|cena jednostkowa netto|cena za mj|jednotková cena|cena/mj|pris|á-pris|a-pris|à pris|apris|stk pris|enhetspris
|stykpris|enhedspris|pris pr. stk.|hinta|à-hinta|yksikköhinta|egységár|nettó egységár|preț unitar|pret unitar|birim fiyat|fiyat"""
_PRICE_UNIT = "pe|preiseinheit|per unit of|pro|prijseenheid|price unit|price per|par|preis pro"
_LIST_PRICE = "bruttopreis|listenpreis|gross price|list|prix brut|pu brut|pu brut ht|brutto-preis|prezzo listino|precio tarifa|brutoprijs"
_DISCOUNT = """rabatt|rabatt %|rab.|rab|rab %|nachlass|abschlag|rabatt in %|discount|disc|disc.|disc %|disc. %|discount %|remise|rem|rem.|remise %|rem %|rem. %
|% rem|% remise|descuento|dto|dto.|% dto|dto %|desc|desc.|dcto|sconto|sconto %|sc.%|sc %|sc|sc. %|desconto|desc.%|desc %|korting|korting %|kort|upust|rabat|sleva|kedvezmény|alennus|ale %|iskonto"""
_TAX_RATE = """steuersatz|ust|ust.|ust %|ust. %|ust.%|ust-satz|mwst|mwst.|mwst %|mwst. %|mwst-%|mwst.-%|mwst-satz|steuer|steuer %|st.satz|ust-%|umsatzsteuer|st.|umsatzsteuersatz|ust.-satz
|mwst.satz|mwst.%|mwst.-satz|vat|vat %|vat rate|tax|tax %|tax rate|gst|gst %|vat%|gst%|tax%|% vat|sales tax|taxed|igst %|igst|vat code|vat (%)|tax (%)|rate of vat|% tax
|tva|tva %|taux tva|taux de tva|% tva|taux|code tva|tx tva|taux tva (%)|tva (%)|taux t.v.a.|t.v.a.|tx
|iva|iva %|% iva|tipo iva|tipo|tipo de iva|aliquota|aliq|aliq.|al. iva|iva%|% iva|cod iva|aliquota iva|c.iva|taxa|taxa iva|taxa de iva|iva (%)|c. iva|aliq. iva|i.v.a.
|btw|btw %|btw%|btw-tarief|btw tarief|% btw|btw percentage|btw-%|vat|stawka vat|stawka|vat %|dph|dph %|% dph|sazba dph|sazba|moms|moms %|momssats|mva|mva %|alv|alv %|áfa|áfa %|áfa kulcs|tva|cota tva|kdv|kdv %|kdv oranı|moms-%|ust in %|mwst in %"""
_TAX_AMOUNT = """steuerbetrag|ust-betrag|ust.-betrag|mwst-betrag|mwst betrag|mwst.-betrag|umsatzsteuerbetrag|tax amount|vat amount|tax amt|gst amount|vat amt|montant tva|montant de tva|mt tva|mnt tva
|cuota|cuota iva|importe iva|imposta|importo iva|valor iva|imposto|valor do iva|btw bedrag|btw-bedrag|bedrag btw|kwota vat|wartość vat|částka dph|momsbelopp|áfa összege|valoare tva|valoarea tva|kdv tutarı|mwst betrag eur"""
_AMOUNT = """fee|fees|charges gbp|charges usd|charges eur|charge amount|charge (gbp)|charge ($)|charges ($)|charges (gbp)|debit|debits|soll
|charges|charge|betrag|gesamtpreis|gesamt|g-preis|gp|gpreis|gesamtbetrag|nettobetrag|nettowert|netto|entgelt|summe|gesamt netto|netto gesamt|positionsbetrag|positionsbetrag ohne ust|positionsbetrag ohne ust.|betrag eur|betrag in eur
|betrag €|gesamt eur|gesamt €|gesamtpreis eur|gesamtpreis netto|gesamt-preis|ges.-preis|ges.preis|warenwert|wert|zeilensumme|preis gesamt|total netto|nettosumme|betrag netto|nettogesamt|summe netto|gesamtpreis (netto)|netto-betrag|gesamtpreis in eur|gesamt (netto)|pos.-summe|gesamtsumme|gesamt in eur
|amount|total|line total|total price|net amount|extended|extended price|ext price|ext. price|ext|extension|amount due|subtotal|sub total|net|net value|value|total amount|line amount|amount (net)|net total|total net|total excl vat|total ex vat|total (excl. vat)|amount excl. vat|amount (usd)|amount (eur)|amount (gbp)|total (eur)|total (usd)|price total|sum|total cost|amount usd|amount eur|amount gbp|total excl. vat|item total|taxable value|taxable amount|total value|ext amount|line net
|montant|montant ht|total ht|prix total|prix total ht|mt ht|montant h.t.|total h.t.|total|montant net|montant net ht|montant total|total net|total net ht|mnt ht|total hors taxe|montant hors taxe|montant total ht|valeur|total ligne ht|total (ht)|montant (ht)|mt. ht
|importe|total|importe neto|importe total|precio total|base|total línea|total neto|subtotal|importe base|neto|valor|monto
|importo|totale|importo netto|prezzo totale|totale netto|imponibile|valore|tot.|totale riga|importo totale|netto|prezzo tot.|totale imponibile
|valor|total|valor total|importância|total líquido|valor líquido|preço total|total s/ iva|total sem iva|montante|vl total|vlr total|valor s/ iva|ilíquido|vl. total|líquido
|bedrag|totaal|totaal excl. btw|totaalbedrag|totaalprijs|bedrag excl. btw|netto bedrag|regeltotaal|bedrag excl|totaal excl|nettobedrag|prijs totaal|totaal excl btw|bedrag excl btw|totaal (excl. btw)
|wartość netto|wartość|wartosc netto|kwota netto|cena celkem|celkem|celkem bez dph|cena bez dph|belopp|summa|beløb|beløp|total beløb|sum|summa exkl moms|yhteensä|summa|nettó érték|összesen|összeg|valoare|valoarea|valoare fără tva|tutar|toplam|toplam tutar|mal hizmet tutarı"""
_GROSS_AMOUNT = """bruttobetrag|brutto|gesamt brutto|bruttowert|gesamtpreis brutto|total ttc|montant ttc|prix ttc|ttc|gross|gross amount|total incl vat|total incl. vat|amount incl. vat|incl. vat|total inc vat|total inc. vat|total (incl. vat)|totaal incl. btw|bedrag incl. btw|incl. btw|totale ivato|total c/ iva|total con iva|importe con iva|wartość brutto|kwota brutto|celkem s dph|bruttó érték|summa inkl moms"""


_ENDS = """zwischentotal|rechnungstotal|igst|cgst|sgst|gst|summe|gesamtsumme|zwischensumme|nettosumme|gesamtbetrag|gesamt|endbetrag|rechnungsbetrag|rechnungssumme|nettobetrag|netto|summe netto|netto summe|gesamt netto|warenwert|nettowert|zwischensumme netto|belegsummen|positionssumme|steuerbetrag|bruttosumme|summe positionen|total netto|gesamtnetto|net gesamt|zahlungsbedingungen|zahlungsbedingung|zahlbar|zahlungsart|umsatzsteueraufschlüsselung|steueraufschlüsselung|zu- und abschläge|zu und abschläge|zzgl|zzgl.|zuzüglich|mwst|mehrwertsteuer|umsatzsteuer|leergutwert|transportkosten|rechnungsrabatt|bankverbindung|skontovereinbarung|zu zahlen|zahlbetrag|gesamt eur|summe eur|summe der positionen|belegsumme
|subtotal|sub total|sub-total|total|net total|total net|total excl|total ex|total amount|amount due|balance due|grand total|invoice total|net amount|vat|tax|sales tax|total due|vat summary|vat breakdown|tax summary|payment terms|terms|notes|note|remarks|thank you|bank details|payment details|total before tax|shipping|discount total|total items|goods total|total invoice|taxable amount|amount in words|total vat|payment information|terms and conditions|terms & conditions|payment instructions|total charges|freight total
|total ht|sous-total|sous total|total net ht|montant ht|total hors taxe|montant total|total général|total tva|tva|total ttc|net à payer|base ht|taux tva|conditions de règlement|conditions de paiement|mode de règlement|échéance|récapitulatif|total brut|total brut ht|montant total ht|règlement|total net|arrêté la présente|ventilation tva|remise globale|total (ht)
|base imponible|base|total neto|importe total|suma|total factura|subtotal|iva|forma de pago|condiciones de pago|total bruto|observaciones|importe bruto|total base
|imponibile|totale|totale imponibile|subtotale|totale documento|totale fattura|iva|totale merce|modalità di pagamento|condizioni di pagamento|riepilogo|riepilogo iva|netto a pagare|totale netto|totale parziale|coordinate bancarie
|subtotal|total ilíquido|total liquido|total líquido|total iva|resumo|incidência|condições de pagamento|total a pagar|quadro resumo|total geral|valor total|resumo do iva|observações
|subtotaal|totaal|totaal excl|totaalbedrag|btw|te betalen|betalingsvoorwaarden|totaal exclusief|totaal bedrag|gelieve|totaal netto|netto bedrag
|razem|suma|do zapłaty|łącznie|wartość netto razem|ogółem|celkem|součet|k úhradě|mezisoučet|summa|delsumma|att betala|delsum|i alt|subtotal|at betale|å betale|yhteensä|verollinen|összesen|fizetendő|subtotal|total de plată|ara toplam|toplam|genel toplam"""

INVOICE_COLUMNS = ColumnVocabulary(
    columns={
        "unit_price": split_phrases(_UNIT_PRICE),
        "amount": split_phrases(_AMOUNT),
        "gross_amount": split_phrases(_GROSS_AMOUNT),
        "quantity": split_phrases(_QUANTITY),
        "tax_rate": split_phrases(_TAX_RATE),
        "tax_amount": split_phrases(_TAX_AMOUNT),
        "discount": split_phrases(_DISCOUNT),
        "description": split_phrases(_DESCRIPTION),
        "position": split_phrases(_POSITION),
        "sku": split_phrases(_SKU),
        "unit": split_phrases(_UNIT),
        "price_unit": split_phrases(_PRICE_UNIT),
        "list_price": split_phrases(_LIST_PRICE),
    },
    ends=split_phrases(_ENDS),
)
"""English, German, French, Spanish, Italian, Portuguese, Dutch, and the commonest of further languages."""
