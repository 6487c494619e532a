"""What two or more parties agreed and signed."""

from octavo.domain.template import DocumentType, FieldSpec, FieldType

CONTRACT = DocumentType(
    name="contract",
    title="Contract",
    description="An agreement between parties: services, work, lease, sale, licence, secrecy.",
    fields=(
        FieldSpec("title", FieldType.STRING),
        FieldSpec(
            "contract_number",
            FieldType.IDENTIFIER,
            "",
            ("contract no.", "contract no", "contract number", "agreement no.", "agreement number", "vertragsnummer", "vertrags-nr.", "vertrag nr.", "contrat n°", "n° de contrat", "contrato n.º", "nº de contrato", "contratto n.", "n. contratto", "contrato nº", "contractnummer", "overeenkomst nr."),
        ),
        FieldSpec(
            "parties",
            FieldType.ARRAY,
            "In the order of the document.",
            fields=(
                FieldSpec("name", FieldType.STRING),
                FieldSpec("role", FieldType.STRING, "As the contract calls it: `Client`, `Vermieter`."),
                FieldSpec("address", FieldType.ADDRESS),
            ),
        ),
        FieldSpec(
            "effective_date",
            FieldType.DATE,
            "When it begins to bind; the day it was made where nothing else is said.",
            ("effective date", "commencement date", "start date", "inkrafttreten", "vertragsbeginn", "beginn", "date d'effet", "date d'entrée en vigueur", "fecha de entrada en vigor", "fecha de inicio", "data di decorrenza", "decorrenza", "data de início", "data de entrada em vigor", "ingangsdatum"),
        ),
        FieldSpec(
            "end_date",
            FieldType.DATE,
            "",
            ("end date", "expiry date", "expiration date", "termination date", "vertragsende", "date de fin", "date d'échéance", "fecha de finalización", "fecha de vencimiento", "data di scadenza", "data de término", "einddatum"),
        ),
        FieldSpec("term", FieldType.STRING, "As printed: `24 months`.", ("term", "duration", "laufzeit", "durée", "duración", "plazo", "durata", "prazo", "duração", "looptijd", "duur")),
        FieldSpec("notice_period", FieldType.STRING, "As printed.", ("notice period", "kündigungsfrist", "préavis", "plazo de preaviso", "periodo di preavviso", "preavviso", "prazo de aviso prévio", "aviso prévio", "opzegtermijn")),
        FieldSpec("governing_law", FieldType.STRING, "Whose law applies, as printed.", ("governing law", "applicable law", "anwendbares recht", "droit applicable", "ley aplicable", "legge applicabile", "lei aplicável", "toepasselijk recht")),
        FieldSpec("jurisdiction", FieldType.STRING, "Which courts decide, as printed.", ("jurisdiction", "venue", "gerichtsstand", "juridiction compétente", "tribunales competentes", "foro competente", "foro", "bevoegde rechter")),
        FieldSpec("value", FieldType.MONEY, "", ("contract value", "total value", "contract price", "contract sum", "vertragswert", "vergütung", "montant du contrat", "montant total", "importe del contrato", "valor del contrato", "valore del contratto", "corrispettivo", "valor do contrato", "contractwaarde")),
        FieldSpec("currency", FieldType.CURRENCY, "ISO 4217."),
        FieldSpec("signature_date", FieldType.DATE),
        FieldSpec(
            "signatures",
            FieldType.ARRAY,
            "Who signed, or is to sign.",
            fields=(
                FieldSpec("name", FieldType.STRING),
                FieldSpec("title", FieldType.STRING, "Of the person: `Managing Director`."),
                FieldSpec("party", FieldType.STRING),
                FieldSpec("date", FieldType.DATE),
            ),
        ),
    ),
)  # fmt: skip
