"""What each kind of document is called, and what it talks about, in several languages."""

from collections.abc import Mapping
from types import MappingProxyType

TITLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "invoice": (
            "invoice", "tax invoice", "commercial invoice", "proforma invoice", "credit note", "credit memo", "rechnung", "handelsrechnung", "handelsrechnung", "teilrechnung",
            "gutschrift", "abschlagsrechnung", "schlussrechnung", "rechnungskorrektur", "stornorechnung", "facture", "avoir",
            "factura", "factura rectificativa", "nota de crédito", "fattura", "nota di credito", "fatura", "factuur",
            "guest folio", "folio", "guest invoice", "hotel bill", "jahresverbrauchsabrechnung", "verbrauchsabrechnung", "jahresabrechnung", "nebenkostenabrechnung", "energierechnung", "patient statement", "billing statement", "medical bill", "honorarrechnung", "liquidation", "note d'honoraires", "nota de honorarios", "parcella", "your bill", "utility bill", "electricity bill", "gas bill", "water bill", "bolletta", "stromrechnung", "datos de la factura", "resumen de la factura", "votre facture",
            "creditnota", "creditfactuur", "faktura", "faktura vat", "lasku", "számla", "fatură", "kreditnota", "nota fiscal",
        ),
        "receipt": (
            "receipt", "cash receipt", "sales receipt", "cash sale", "simplified tax invoice", "guest check", "quittung",
            "kassenbon", "kassenbeleg", "kundenbeleg", "ticket de caisse", "reçu", "ticket", "factura simplificada", "recibo",
            "scontrino", "documento commerciale", "ricevuta", "fatura simplificada", "kassabon", "bon", "paragon fiskalny",
            "kvitto", "kvittering", "kuitti", "účtenka", "nyugta", "bon fiscal", "fiş", "resit", "tax receipt",
        ),
        "bank_statement": (
            "bank statement", "statement of account", "account statement", "rekeningoverzicht creditcard", "creditcard overzicht", "statement", "kontoauszug", "kreditkartenabrechnung", "kartenabrechnung", "kreditkartenauszug", "credit card statement", "card statement", "relevé de carte", "extracto de tarjeta", "estratto conto carta", "creditcardoverzicht", "fatura do cartão", "relevé de compte",
            "relevé bancaire", "extracto bancario", "extracto de cuenta", "estado de cuenta", "estratto conto",
            "extrato bancário", "extrato de conta", "rekeningoverzicht", "rekeningafschrift", "wyciąg bankowy", "kontoutdrag",
            "kontoudskrift", "tiliote", "výpis z účtu", "bankkivonat", "movimientos de cuenta", "afschrift", "wyciąg z rachunku", "zestawienie operacji", "contoafschrift",
            "lista movimenti", "movimentos de conta", "relevé d'opérations", "umsatzübersicht", "saldenmitteilung", "extrait de compte", "situation de compte", "extracto de movimientos", "estratto di conto", "dagafschrift", "account activity", "extras de cont", "penyata akaun",
        ),
        "bill_of_lading": (
            "bill of lading", "straight bill of lading", "ocean bill of lading", "combined transport bill of lading",
            "konnossement", "connaissement", "conocimiento de embarque", "polizza di carico", "conhecimento de embarque",
            "cognossement", "multimodal transport bill of lading", "house bill of lading",
        ),
        "packing_list": (
            "packing list", "packing slip", "packliste", "packzettel", "liste de colisage", "lista de empaque",
            "lista de embalaje", "lista de contenido", "distinta di imballaggio", "packing list distinta colli", "romaneio",
            "lista de embalagem", "paklijst", "lista pakowa",
        ),
        "customs_declaration": (
            "customs declaration", "documento único administrativo", "documento unico administrativo", "document administratif unique", "documento amministrativo unico", "documento administrativo único", "einheitspapier", "enig document", "jednolity dokument administracyjny", "export declaration", "import declaration", "entry summary", "zollanmeldung",
            "ausfuhranmeldung", "ausfuhrbegleitdokument", "déclaration en douane", "déclaration d'exportation",
            "declaración de aduana", "declaración aduanera", "declaración única aduanera", "dichiarazione doganale",
            "bolletta doganale", "declaração aduaneira", "douaneaangifte", "single administrative document",
            "zgłoszenie celne", "accompanying document",
        ),
        "certificate_of_origin": (
            "certificate of origin", "ursprungszeugnis", "certificat d'origine", "certificado de origen",
            "certificato di origine", "certificato d'origine", "certificado de origem", "certificaat van oorsprong",
            "movement certificate", "eur.1",
        ),
        "delivery_order": (
            "delivery order", "delivery note", "release order", "lieferschein", "freistellung", "bon de livraison",
            "orden de entrega", "ordine di consegna", "auslieferungsauftrag", "bon à délivrer", "ordre de livraison", "albarán", "albarán de entrega", "nota de entrega", "documento di trasporto", "buono di consegna",
            "ordem de entrega", "guia de remessa", "pakbon", "afleverbon", "leverbon", "następstwo", "følgeseddel", "följesedel",
        ),
        "freight_invoice": (
            "freight invoice", "freight bill", "frachtrechnung", "facture de fret", "facture de transport", "factura de flete",
            "factura de transporte", "fattura di trasporto", "fatura de frete", "vrachtfactuur", "transportfactuur",
        ),
        "air_waybill": (
            "air waybill", "master air waybill", "house air waybill", "luftfrachtbrief", "lettre de transport aérien",
            "guía aérea", "conocimiento aéreo", "lettera di vettura aerea", "conhecimento aéreo", "luchtvrachtbrief",
        ),
        "sea_waybill": ("sea waybill", "seawaybill", "express bill", "seefrachtbrief", "lettre de transport maritime",
                        "non negotiable waybill", "carta de porte marítimo", "carta de porte marítima", "zeevrachtbrief", "lettera di vettura marittima",
                        "guia de transporte marítimo", "sjöfraktsedel", "morski list przewozowy"),
        "contract": (
            "agreement", "contract", "lease agreement", "service agreement", "employment agreement", "purchase agreement",
            "non-disclosure agreement", "license agreement", "vertrag", "mietvertrag", "arbeitsvertrag", "kaufvertrag",
            "dienstleistungsvertrag", "contrat", "contrat de travail", "contrat de bail", "bail", "contrato",
            "contrato de arrendamiento", "contratto", "contratto di locazione", "overeenkomst", "huurovereenkomst",
            "arbeidsovereenkomst", "umowa", "avtal", "kontrakt", "master services agreement", "memorandum of understanding",
        ),
        "identity_document": (
            "passport", "identity card", "identification card", "residence permit", "driving licence", "driver license",
            "reisepass", "personalausweis", "führerschein", "passeport", "carte nationale d'identité", "permis de conduire",
            "pasaporte", "documento nacional de identidad", "permiso de conducir", "passaporto", "carta d'identità", "patente",
            "passaporte", "cartão de cidadão", "paspoort", "identiteitskaart", "rijbewijs", "paszport", "dowód osobisty",
        ),
    }
)  # fmt: skip
"""A line of its own that says what the document is."""

SUPPORT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "invoice": (
            "invoice number", "invoice no", "invoice date", "room charge", "arrival", "departure", "anreise", "abreise", "arrivée", "départ", "vervaldag", "totaal excl", "te betalen", "meter reading", "previous reading", "kwh", "zählerstand", "meterstand", "relevé compteur", "lectura anterior", "current charges", "due date", "bill to", "payment terms", "purchase order", "iban",
            "rechnungsnummer", "rechnung nr", "rechnungsdatum", "fällig", "kundennummer", "zahlbar", "zahlungsbedingungen",
            "leistungszeitraum", "lieferdatum", "ust-idnr", "steuernummer", "netto", "numéro de facture", "date de facture",
            "échéance", "tva", "total ttc", "net à payer", "número de factura", "fecha de factura", "vencimiento",
            "base imponible", "numero fattura", "data fattura", "scadenza", "imponibile", "partita iva", "data de vencimento",
            "factuurnummer", "factuurdatum", "vervaldatum", "nr faktury", "termin płatności", "fakturanummer", "remit to",
            "amount due", "unit price", "gesamtbetrag", "umsatzsteuer", "bruttosumme", "bruttobetrag", "nettobetrag", "zahlbetrag",
            "verkäufer", "käufer", "leistungsdatum", "leistungsempfänger", "lieferant", "rechnungsempfänger", "steuernr", "mwst", "skonto",
            "positionen", "artikelbezeichnung", "invoice to", "sold to", "vat number", "tax rate", "montant ht", "désignation", "einzelpreis", "prix unitaire", "precio unitario", "customer no",
            "billing period", "bill date", "nº de factura", "n° de facture", "factuurnr", "fattura n", "fecha de emisión", "periodo de facturación", "importe factura", "período de faturação", "data de emissão", "periodo di fatturazione",
            "totale fattura", "totale da pagare", "período de facturación", "montant à payer", "date d'émission", "abrechnungszeitraum", "rechnungsbetrag",
        ),
        "receipt": (
            "cash", "change", "cashier", "thank you", "please come again", "total", "rounding", "tendered", "subtotal",
            "visa", "mastercard", "goods sold", "not refundable", "exchange", "gst summary", "rückgeld", "bar", "gegeben",
            "vielen dank", "kasse", "bediener", "merci de votre visite", "espèces", "rendu", "carte bancaire", "efectivo",
            "cambio", "gracias por su", "contanti", "contante", "resto", "grazie", "numerário", "troco", "obrigado", "contant",
            "wisselgeld", "bedankt", "pinnen", "till", "qty", "item count", "points", "pax", "table", "server", "terminal",
            "auth code", "girocard", "beleg-nr", "belegnr", "bon-nr", "säule", "zapfsäule", "bancomat", "multibanco", "pump", "approval", "receipt no", "gotówka", "reszta", "kontant", "växel", "tse", "signaturzähler",
        ),
        "bank_statement": (
            "opening balance", "closing balance", "previous balance", "balance brought forward", "balance carried forward",
            "account number", "sort code", "iban", "bic", "deposits", "withdrawals", "credits", "debits", "statement period",
            "transaction", "direct debit", "standing order", "card payment", "anfangssaldo", "endsaldo", "alter saldo", "saldo poprzednie", "suma uznań", "suma obciążeń", "data operacji", "valutadatum", "volgnummer", "fecha oper",
            "neuer saldo", "kontostand", "buchungstag", "wertstellung", "lastschrift", "gutschrift", "solde", "ancien solde", "solde précédent", "solde final", "date comptable",
            "nouveau solde", "date de valeur", "débit", "crédit", "prélèvement", "saldo inicial", "saldo final",
            "saldo anterior", "fecha valor", "saldo iniziale", "saldo finale", "data valuta", "addebiti", "accrediti",
            "beginsaldo", "eindsaldo", "vorig saldo", "nieuw saldo", "saldo początkowe", "saldo końcowe",
            "ingående saldo", "utgående saldo", "available balance", "interest", "overdraft",
        ),
        "bill_of_lading": (
            "shipper", "consignee", "notify party", "port of loading", "port of discharge", "vessel", "voyage", "container",
            "seal", "place of receipt", "place of delivery", "shipped on board", "freight prepaid", "freight collect",
            "number of original", "carrier", "gross weight", "measurement", "marks and numbers", "b/l no", "said to contain",
            "verschiffungshafen", "löschhafen", "chargeur", "destinataire", "port de chargement", "embarcador",
            "puerto de carga", "puerto de descarga", "caricatore", "porto di imbarco",
        ),
        "packing_list": (
            "net weight", "gross weight", "carton", "cartons", "packages", "pallet", "dimensions", "total weight",
            "total volume", "cbm", "package no", "nettogewicht", "bruttogewicht", "packstücke", "colis", "poids net",
            "poids brut", "peso neto", "peso bruto", "bultos", "peso netto", "peso lordo", "colli", "ship to", "order reference",
        ),
        "customs_declaration": (
            "declarant", "masa bruta", "masa neta", "masse brute", "massa lorda", "rohmasse", "eigenmasse", "total bultos", "expedidor/exportador", "versender/ausführer", "código de las mercancías", "code des marchandises", "exporter", "importer", "hs code", "commodity code", "customs value", "duty", "country of origin",
            "procedure", "tariff", "mrn", "anmelder", "ausführer", "warennummer", "zollwert", "verfahren", "déclarant",
            "régime", "espèce tarifaire", "valeur en douane", "declarante", "partida arancelaria", "valor en aduana",
            "dichiarante", "statistical value", "office of export", "incoterms", "eori",
        ),
        "certificate_of_origin": (
            "exporter", "consignee", "country of origin", "chamber of commerce", "origin criterion", "certify that",
            "preferential", "invoice number and date", "means of transport", "absender", "ursprungsland", "handelskammer",
            "industrie- und handelskammer", "pays d'origine", "chambre de commerce", "país de origen", "cámara de comercio",
            "paese di origine", "camera di commercio", "declaration by the exporter", "issuing authority",
        ),
        "delivery_order": (
            "deliver to", "release to", "delivery date", "please deliver", "received in good", "quantity delivered",
            "b/l number", "container", "free time", "pick up", "terminal", "liefertermin", "lieferadresse", "empfangen",
            "ware erhalten", "livré", "date de livraison", "adresse de livraison", "entregado", "fecha de entrega",
            "destinatario", "consegna", "vettore", "afleveradres", "ontvangen", "driver", "vehicle no", "order no",
        ),
        "freight_invoice": (
            "freight charges", "fuel surcharge", "accessorial", "scac", "pro number", "carrier", "shipper", "consignee",
            "bill of lading", "ocean freight", "terminal handling", "documentation fee", "frachtkosten", "kraftstoffzuschlag",
            "dieselzuschlag", "flete", "nolo", "chargeable weight", "lane", "linehaul", "detention", "demurrage",
        ),
        "air_waybill": (
            "awb", "airport of departure", "airport of destination", "issuing carrier", "iata", "flight", "chargeable weight",
            "nature and quantity of goods", "declared value for carriage", "not negotiable", "shipper's name", "agent's iata",
            "no. of pieces", "rate class", "mawb", "hawb", "accounting information",
        ),
        "sea_waybill": (
            "non-negotiable", "not negotiable", "shipper", "consignee", "port of loading", "port of discharge", "vessel",
            "voyage", "container", "seal", "notify party", "waybill no", "carrier",
        ),
        "contract": (
            "whereas", "hereinafter", "party", "parties", "governing law", "termination", "confidential", "shall",
            "in witness whereof", "landlord", "tenant", "governed by", "made between", "vigência", "rescisão", "contratante",
            "contratada", "as partes", "confidencialidade", "ley aplicable", "vigencia", "con domicilio en", "com sede em", "con sede in",
            "durata", "riservatezza", "legge applicabile", "duur", "gevestigd te", "geheimhouding", "opdrachtgever", "prestataire",
            "confidentialité", "auftragnehmer", "auftraggeber", "vertragsdauer", "laufzeit", "unterschrift", "handtekening", "firma",
            "consultant", "employer", "employee", "effective date", "indemnif", "liability", "notice", "§", "kündigung", "gerichtsstand",
            "vertragspartei", "zwischen", "haftung", "entre les soussignés", "ci-après", "résiliation", "droit applicable",
            "cláusula", "las partes", "reunidos", "le parti", "recesso", "foro competente", "partijen", "opzegging",
            "toepasselijk recht", "strony", "signature", "clause",
        ),
        "identity_document": (
            "surname", "given names", "nationality", "date of birth", "place of birth", "sex", "date of expiry",
            "date of issue", "authority", "passport no", "document no", "nachname", "vornamen", "staatsangehörigkeit",
            "geburtsdatum", "nom", "prénoms", "nationalité", "date de naissance", "apellidos", "nombres", "nacionalidad",
            "cognome", "cittadinanza", "personal no", "type", "code of issuing state",
        ),
    }
)  # fmt: skip
"""What such a document says further down; each counts once."""
