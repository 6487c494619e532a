"""Sentences of contracts in several languages, with places for what differs."""

TEXTS: dict[str, list[dict[str, str]]] = {
    "en": [
        {
            "title": "SERVICE AGREEMENT", "between": 'This Service Agreement (the "Agreement") is entered into as of {effective} by and between {a}, a company with its registered office at {a_address} (the "{role_a}"), and {b}, residing at {b_address} (the "{role_b}").',
            "roles": "Client|Contractor", "term": "This Agreement shall remain in force for a term of {term} and ends on {end} unless terminated earlier.", "notice": "Either party may terminate this Agreement by giving {notice} written notice.",
            "value": "The Client shall pay the Contractor a total fee of {value}.", "law": "This Agreement shall be governed by and construed in accordance with the laws of {law}.", "courts": "The courts of {city} shall have exclusive jurisdiction.", "law_name": "England and Wales",
        },
        {
            "title": "Commercial Lease Agreement", "between": 'This lease is made between:\n{a}, {a_address} (hereinafter "{role_a}")\nand\n{b}, {b_address} (hereinafter "{role_b}")', "roles": "Landlord|Tenant",
            "term": "The lease commences on {effective} for a period of {term} and expires on {end}.", "notice": "A notice period of {notice} applies to either party.", "value": "The monthly rent is {value}, payable in advance.",
            "law": "This lease is governed by the laws of the {law}.", "courts": "Disputes are subject to the jurisdiction of the courts of {city}.", "law_name": "State of Oregon",
        },
    ],
    "de": [
        {
            "title": "Dienstleistungsvertrag", "between": 'zwischen\n{a}, {a_address}\n- nachfolgend "{role_a}" genannt -\nund\n{b}, {b_address}\n- nachfolgend "{role_b}" genannt -', "roles": "Auftraggeber|Auftragnehmer",
            "term": "Der Vertrag tritt am {effective} in Kraft. Er hat eine Laufzeit von {term} und endet am {end}.", "notice": "Die Kündigungsfrist beträgt {notice} zum Monatsende.", "value": "Die Vergütung beträgt insgesamt {value}.",
            "law": "Es gilt ausschließlich {law}.", "courts": "Gerichtsstand ist {city}.", "law_name": "deutsches Recht",
        },
        {
            "title": "Mietvertrag", "between": 'Zwischen {a}, {a_address}, im Folgenden "{role_a}", und {b}, {b_address}, im Folgenden "{role_b}", wird folgender Vertrag geschlossen.', "roles": "Vermieter|Mieter",
            "term": "Das Mietverhältnis beginnt am {effective}. Die Dauer beträgt {term}; es endet am {end}.", "notice": "Es kann mit einer Frist von {notice} gekündigt werden.", "value": "Die monatliche Miete beträgt {value}.",
            "law": "Es gilt das {law}.", "courts": "Gerichtsstand ist {city}.", "law_name": "Recht der Bundesrepublik Deutschland",
        },
    ],
    "fr": [
        {
            "title": "CONTRAT DE PRESTATION DE SERVICES", "between": 'Entre les soussignés :\n{a}, dont le siège est situé {a_address}, ci-après dénommée "{role_a}",\net\n{b}, demeurant {b_address}, ci-après dénommé "{role_b}".', "roles": "le Client|le Prestataire",
            "term": "Le contrat prend effet le {effective} pour une durée de {term} et prend fin le {end}.", "notice": "Chaque partie peut le résilier avec un préavis de {notice}.", "value": "Le prix des prestations est fixé à un montant de {value}.",
            "law": "Le présent contrat est régi par le {law}.", "courts": "Tout litige relève du tribunal de {city}.", "law_name": "droit français",
        },
    ],
    "es": [
        {
            "title": "CONTRATO DE PRESTACIÓN DE SERVICIOS", "between": 'Entre {a}, con domicilio en {a_address}, en adelante "{role_a}", y {b}, con domicilio en {b_address}, en adelante "{role_b}", se acuerda lo siguiente.', "roles": "el Cliente|el Proveedor",
            "term": "El contrato entra en vigor el {effective} con una duración de {term} y vence el {end}.", "notice": "Cualquiera de las partes podrá resolverlo con un preaviso de {notice}.", "value": "El precio total asciende al importe de {value}.",
            "law": "El presente contrato se rige por la {law}.", "courts": "Las partes se someten a los juzgados y tribunales de {city}.", "law_name": "legislación española",
        },
    ],
    "it": [
        {
            "title": "CONTRATTO DI CONSULENZA", "between": 'Tra {a}, con sede in {a_address}, di seguito "{role_a}", e {b}, residente in {b_address}, di seguito "{role_b}", si conviene quanto segue.', "roles": "il Committente|il Consulente",
            "term": "Il contratto ha inizio il {effective} con una durata di {term} e scade il {end}.", "notice": "Ciascuna parte può recedere con un preavviso di {notice}.", "value": "Il corrispettivo è pari a {value}.",
            "law": "Il presente contratto è regolato dalla {law}.", "courts": "Il foro competente è quello di {city}.", "law_name": "legge italiana",
        },
    ],
    "pt": [
        {
            "title": "CONTRATO DE PRESTAÇÃO DE SERVIÇOS", "between": 'Entre {a}, com sede em {a_address}, adiante designada "{role_a}", e {b}, residente em {b_address}, adiante designado "{role_b}", é celebrado o presente contrato.', "roles": "a Contratante|o Contratado",
            "term": "O contrato entra em vigor em {effective} pelo prazo de {term} e termina em {end}.", "notice": "Qualquer das partes pode denunciá-lo com aviso prévio de {notice}.", "value": "A remuneração total é de {value}.",
            "law": "O presente contrato é regido pela {law}.", "courts": "É competente o tribunal de {city}.", "law_name": "lei portuguesa",
        },
    ],
    "nl": [
        {
            "title": "Overeenkomst van opdracht", "between": 'Tussen {a}, gevestigd te {a_address}, hierna te noemen "{role_a}", en {b}, wonende te {b_address}, hierna te noemen "{role_b}", is het volgende overeengekomen.', "roles": "Opdrachtgever|Opdrachtnemer",
            "term": "De overeenkomst gaat in op {effective} voor de duur van {term} en eindigt op {end}.", "notice": "De opzegtermijn bedraagt {notice}.", "value": "De vergoeding bedraagt {value}.",
            "law": "Op deze overeenkomst is {law} van toepassing.", "courts": "Geschillen worden voorgelegd aan de rechtbank {city}.", "law_name": "Nederlands recht",
        },
    ],
}  # fmt: skip
SPANS = {
    "en": (("24 months", "two (2) years", "36 months"), ("30 days", "three months", "60 days")), "de": (("24 Monaten", "zwei Jahren", "36 Monaten"), ("drei Monaten", "4 Wochen", "30 Tagen")), "fr": (("24 mois", "trois ans"), ("30 jours", "trois mois")),
    "es": (("24 meses", "dos años"), ("30 días", "tres meses")), "it": (("24 mesi", "due anni"), ("30 giorni", "tre mesi")), "pt": (("24 meses", "dois anos"), ("30 dias", "três meses")), "nl": (("24 maanden", "twee jaar"), ("30 dagen", "drie maanden")),
}  # fmt: skip
FILL = {
    "en": ("Each party shall keep confidential all information received under this arrangement.", "No amendment is valid unless made in writing and signed by both parties.", "If any provision is found invalid, the remaining provisions stay in effect."),
    "de": ("Änderungen bedürfen der Schriftform.", "Beide Parteien behandeln alle Informationen vertraulich.", "Sollte eine Bestimmung unwirksam sein, bleiben die übrigen wirksam."),
    "fr": ("Toute modification doit être faite par écrit.", "Les parties gardent confidentielles les informations échangées."), "es": ("Toda modificación deberá constar por escrito.", "Las partes mantendrán la confidencialidad de la información."),
    "it": ("Ogni modifica deve avvenire per iscritto.", "Le parti mantengono riservate le informazioni ricevute."), "pt": ("Qualquer alteração deve constar de documento escrito.", "As partes mantêm confidenciais as informações recebidas."), "nl": ("Wijzigingen zijn alleen schriftelijk geldig.", "Partijen houden ontvangen informatie vertrouwelijk."),
}  # fmt: skip
SIGN = {
    "en": ("Signed in {city} on {day}", "Managing Director"),
    "de": ("{city}, unterzeichnet am {day}", "Geschäftsführer"),
    "fr": ("Fait à {city}, le {day}", "Gérant"),
    "es": ("Firmado en {city}, {day}", "Administrador"),
    "it": ("Letto, confermato e sottoscritto. Luogo e data: {city}, {day}", "Amministratore"),
    "pt": ("Feito em {city}, {day}", "Gerente"),
    "nl": ("Getekend te {city}, {day}", "Directeur"),
}
