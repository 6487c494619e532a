"""How contracts say who, when, for how long and by whose law, in several languages."""

import re

_ANY = re.IGNORECASE

TITLE = re.compile(
    r"\b(?:agreement|contract|lease|deed|memorandum of understanding|terms of engagement|licen[cs]e agreement|\w*vertrag|vereinbarung|\w*vereinbarung|contrat|convention|accord|bail|contrato|acuerdo|convenio|arrendamiento"
    r"|contratto|accordo|scrittura privata|locazione|acordo|termo|overeenkomst|contract|huurovereenkomst|arbeidsovereenkomst|umowa|avtal)\b", _ANY
)  # fmt: skip

BETWEEN = re.compile(
    r"\b(?:by and between|between|is made between|entered into by|zwischen|entre(?: les soussign[ée]{1,2}s)?|tra|fra|tussen|(?:de )?ondergetekenden|the undersigned|i sottoscritti|os abaixo assinados|de una parte|da una parte|d['\u2019]une part|pomi[ęe]dzy|mellan)\b[\s,]*:?\s*", _ANY
)  # fmt: skip
ROLE = re.compile(
    r"[(,\s]*(?:hereinafter(?: referred to as| called)?|the|nachfolgend|nachstehend|im folgenden|ci-apr[èe]s(?: d[ée]nomm[ée]e?s?)?|en adelante(?: denominad[oa])?,?|di seguito(?: denominat[oa])?|adiante(?: designad[oa])?"
    r"|doravante(?: denominad[oa])?|hierna(?: te noemen)?|verder te noemen|genannt|denominat[oa]|zwan[yae] dalej)?\s*(?:the|die|der|das|le|la|el|il|o|a|de)?\s*"
    r"[\"\u201c\u201e\u201d\u00ab\u2019\u2018']\s*(?:the |die |der |das |le |la |l['\u2019]|el |il |o |a |de )?(?P<role>[^\W\d_][^\"\u201c\u201d\u201e\u00bb\u00ab\u2019\u2018']{1,40}?)\s*[\"\u201c\u201d\u00bb\u2019\u2018']", _ANY
)  # fmt: skip
AND = re.compile(r"(?:^|[\s,;)])(?:and|und|et|y|e|ed|en|i|och)(?=\s|$)", _ANY)

EFFECTIVE = re.compile(
    r"(?:effective (?:date|as of|from|on)?|commenc\w+ (?:on|from|date)?|shall begin on|with effect from|enters? into force on|made (?:and entered into )?(?:on|as of)|entered into (?:on|as of)|dated(?: as of)?|beginnt am|tritt am|ab dem|wirkung (?:zum|vom|ab)|geschlossen am|inkrafttreten|beginn|prend effet (?:le|à compter du)"
    r"|entre en vigueur le|à compter du|date d['\u2019]effet|conclu le|entra(?:rá)? en vigor (?:el|a partir del)|con efectos? (?:desde|a partir del)|a partir del|comienza el|celebrado el|decorre(?:nza)? (?:dal|a partire dal)|ha (?:inizio|efficacia) (?:il|dal)|con decorrenza dal|a decorrere dal|stipulato il|entra em vigor (?:em|a partir de|no dia|a)|com início em|a partir de|celebrado em|gaat in op|vangt aan op|ingaande op|met ingang van|gesloten op|wchodzi w życie)", _ANY
)  # fmt: skip
END = re.compile(
    r"(?:ends? on|expires? on|terminat\w+ on|until|through|expiry date|endet (?:am|zum)|bis zum|läuft bis|pren(?:d|dra) fin le|expire(?:ra)? le|jusqu['\u2019]au|finaliza(?:rá)? el|vence el|hasta el|termina il|scade il|fino al|termina em|até|cessa em|eindigt op|tot en met|loopt tot)", _ANY
)  # fmt: skip
SIGNED = re.compile(r"(?:signed (?:on|at|in)|place,? date|ort,? datum|unterzeichnet am|fait à|signé (?:à|le)|firmado (?:en|el)|en prueba de|letto,? (?:confermato|approvato)|luogo e data|firmato|assinado (?:em|a)|feito em|getekend (?:op|te)|plaats,? datum|aldus overeengekomen)", _ANY)  # fmt: skip

_UNIT = (
    r"(?:days?|weeks?|months?|years?|tagen?|wochen?|monaten?|jahren?|jours?|semaines?|mois|ans?|années?|d[ií]as?|semanas?|mes(?:es)?|años?|giorni|giorno|settimane|mes[ei]|ann[io]|dias?|anos?|dagen|dag|weken|week|maanden|maand|jaar|jaren)"
)  # fmt: skip
_COUNT = r"(?:\d{1,3}|[a-zà-ÿ]{2,14}(?:-[a-zà-ÿ]{2,10}){0,2})"
SPAN = re.compile(rf"(?P<span>{_COUNT}\s*(?:\(\s*[\w-]+\s*\)\s*)?{_UNIT})(?!\w)", _ANY)
TERM = re.compile(r"(?:term|duration|period of|laufzeit|dauer|durée|periode|duración|plazo|vigencia|durata|duração|prazo|vigência|duur|looptijd|für die dauer)", _ANY)  # fmt: skip
NOTICE = re.compile(r"(?:notice|kündigungsfrist|frist von|gekündigt|préavis|preaviso|preavviso|aviso prévio|antecedência|opzegtermijn|opgezegd)", _ANY)  # fmt: skip

LAW = (
    re.compile(r"governed by(?: and construed in accordance with)?(?: the)? laws? of (?:the )?(?P<law>[^.,;()]{3,60})", _ANY),
    re.compile(r"governed by(?: the)? (?P<law>[A-Z][\w ]{2,40}?) law", _ANY),
    re.compile(r"(?:es gilt|gilt|findet|unterliegt|anwendung findet)(?: ausschließlich)?(?: dem| das)? (?P<law>[A-ZÄÖÜ]?[^.,;()]{2,50}?recht(?: der [^.,;()]{3,50})?)", _ANY),
    re.compile(r"recht (?P<law>der [^.,;()]{3,50})", _ANY),
    re.compile(r"(?:régi[e]?s?(?: et interprété)?|soumis\w*)(?: exclusivement)? (?:par|au)(?: le)? (?P<law>droit [^.,;()]{3,40})", _ANY),
    re.compile(r"(?:rige|regirá|regido|sujeto|sometido|regulado)n?(?: e interpreta)? (?:por|a)(?: la| las)? (?P<law>(?:ley(?:es)?|legislación|derecho) [^.,;()]{3,50})", _ANY),
    re.compile(r"(?:regolato|disciplinato|soggetto)(?: d| a)?(?:alla?|dalla|al)? (?P<law>(?:legge|diritto|normativa) [^.,;()]{3,50})", _ANY),
    re.compile(r"(?:rege-se|regido|regulado|sujeito)(?: pela| à| por)?(?: a)? (?P<law>(?:lei|leis|legislação|direito) [^.,;()]{3,50})", _ANY),
    re.compile(r"(?P<law>[A-Z][a-z]+ recht) (?:is )?(?:van toepassing|toepasselijk|beheerst)", _ANY),
    re.compile(r"(?:beheerst door|van toepassing is)(?: het)? (?P<law>[A-Z]?[\w ]{3,30} recht)", _ANY),
)  # fmt: skip
COURTS = (
    re.compile(r"(?:exclusive |non-exclusive )?jurisdiction of the courts of (?:the )?(?P<where>[^.,;()]{3,50})", _ANY),
    re.compile(r"courts of (?P<where>[^.,;()]{3,50}?) (?:shall )?have (?:exclusive )?jurisdiction", _ANY),
    re.compile(r"gerichtsstand(?: für alle streitigkeiten)?(?: [a-zäöü]+){0,8}? ist (?P<where>[^.,;()]{3,40})", _ANY),
    re.compile(r"tribuna(?:l|ux)(?: compétents?)? (?:de (?=(?:commerce|grande instance)\b)|de|d['\u2019]|du) ?(?:(?:commerce|grande instance) (?:de|d['\u2019]|du) ?)?(?P<where>[^.,;()]{3,40})", _ANY),
    re.compile(r"(?:tribunales|juzgados)(?: y tribunales)? de (?P<where>[^.,;()]{3,40})", _ANY),
    re.compile(r"foro (?:competente|esclusivo|di|da comarca de|de)(?: è| será)?(?: quello| o)?(?: di| de| da)? (?P<where>[^.,;()]{3,40})", _ANY),
    re.compile(r"(?:tribunal|comarca) (?:de|da|do) (?P<where>[^.,;()]{3,40})", _ANY),
    re.compile(r"rechtbank (?:van |te )?(?P<where>[^.,;()]{3,40})", _ANY),
)  # fmt: skip
VALUE = re.compile(
    r"(?:contract (?:value|price|sum)|total (?:fee|price|value|amount|remuneration)|fee of|sum of|price of|rent (?:of|is|amounts)|monthly rent|vergütung|auftragswert|vertragswert|kaufpreis|miete|honorar|preis|gesamtbetrag|montant|prix|rémunération|honoraires|loyer|precio|importe|honorarios|renta|valor|corrispettivo|prezzo|compenso|canone|importo|preço|remuneração|renda|prijs|vergoeding|huurprijs|huur|bedrag|contractwaarde)", _ANY
)  # fmt: skip
SIGN_NAME = re.compile(
    r"^(?:name|by|signed by|nombre|nom|nome|naam|imi[ęe] i nazwisko|print name|namen)\s*:?\s*(?P<name>.+)$",
    _ANY,
)
SIGN_TITLE = re.compile(r"^(?:title|position|funktion|titel|titre|fonction|qualité|cargo|título|qualifica|carica|titolo|qualidade|functie)\s*:?\s*(?P<title>.+)$", _ANY)  # fmt: skip
SIGN_DATE = re.compile(
    r"^(?:date|datum|fecha|data|le|il|ort, datum|place, date)\s*[:,]?\s*(?P<date>.+)$", _ANY
)
