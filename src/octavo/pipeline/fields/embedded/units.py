"""Codes of UN/ECE recommendation 20 for units, as they are written on paper."""

SIGNS: dict[str, tuple[str, ...]] = {
    "C62": ("stk", "stck", "stück", "st", "pcs", "pc", "pce", "piece", "pieces", "unit", "units", "ea", "each", "u",
            "unité", "unités", "pièce", "pièces", "ud", "uds", "unidad", "unidades", "pz", "pezzo", "pezzi", "nr", "n",
            "un", "unid", "stuk", "stuks", "st.", "szt", "one", "einheit", "einheiten", "pauschale"),
    "H87": ("stk", "stück", "st", "pcs", "pc", "piece", "pieces", "pièce", "pz", "szt", "stuks", "ud", "un"),
    "EA": ("each", "ea", "pcs", "stk", "u"),
    "XPP": ("stk", "pcs", "piece"),
    "PCE": ("stk", "pcs", "piece"),
    "KGM": ("kg", "kgm", "kilo", "kgs"),
    "GRM": ("g", "gr"),
    "TNE": ("t", "to", "ton", "tonne", "tonnen"),
    "MTR": ("m", "mtr", "lfm", "meter", "ml"),
    "KMT": ("km", "kmt"),
    "MTK": ("m²", "m2", "qm", "mtk"),
    "MTQ": ("m³", "m3", "cbm", "mtq"),
    "LTR": ("l", "ltr", "liter", "litre", "litres"),
    "HLT": ("hl",),
    "HUR": ("h", "std", "stunden", "stunde", "hour", "hours", "hr", "hrs", "heure", "heures", "ora", "ore", "uur", "hora", "horas"),
    "MIN": ("min", "minuten", "minutes"),
    "DAY": ("tag", "tage", "day", "days", "jour", "jours", "día", "dias", "dagen", "giorni", "d", "pt"),
    "WEE": ("woche", "wochen", "week", "weeks", "semaine"),
    "MON": ("monat", "monate", "month", "months", "mois", "mes", "meses", "mesi", "maand"),
    "ANN": ("jahr", "jahre", "year", "years", "an", "ans", "año"),
    "KWH": ("kwh",),
    "MWH": ("mwh",),
    "SET": ("set", "sets", "satz", "sätze"),
    "PR": ("paar", "pair", "pairs", "paire"),
    "BX": ("box", "kiste", "boîte"),
    "XBX": ("box", "kiste"),
    "CT": ("karton", "carton", "ctn"),
    "XCT": ("karton", "carton", "ctn"),
    "PK": ("pack", "pck", "paket", "pkg"),
    "XPK": ("pack", "pck", "paket", "pkg"),
    "LS": ("pausch", "psch", "pauschal", "pauschale", "lump", "forfait", "lot"),
    "P1": ("%", "prozent"),
}  # fmt: skip
"""The code, and what documents in several languages write for it, lower case, without the full stop."""


def same_unit(code: str, written: str) -> bool:
    """Whether what the page writes is what the code means."""
    plain = written.casefold().rstrip(".")
    return plain == code.casefold() or plain in SIGNS.get(code.upper(), ())


def sign(code: str) -> str:
    """How to write a code on paper; a code that is not known as it is."""
    return SIGNS.get(code.upper(), (code,))[0]
