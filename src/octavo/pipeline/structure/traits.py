"""What a line's text looks like, whatever it says: marks, capitals, digits, signs. For `features`."""

import re
import string
import unicodedata

from octavo.pipeline.structure import markers

_LEAD = re.compile(
    r"(?:note|notes|warning|caution|tip|important|hint|example|remember|attention|hinweis|achtung|warnung|wichtig|"
    r"tipp|remarque|à noter|nota|atención|importante|aviso|uwaga|ważne|wskazówka|примечание|внимание|важно|σημείωση|"
    r"προσοχή|注意|提示|重要|警告|주의|참고|중요|ملاحظة|تنبيه|هام|הערה|אזהרה|חשוב)\b",
    re.IGNORECASE,
)
_NUMBERED_NAME = re.compile(
    r"[\[<(【]?\s?(?:[^\W\d_]{1,12}\.?|[图圖表])\s?(?:\d{1,3}|[IVX]{1,5}|[A-Z])(?:[.\-]\d{1,3})*\s?"
    r"(?:[\]>)】:.|\u2013\u2014-]|\s|$)"
)
_COUNTED_NAME = re.compile(
    r"[\[<(]?[^\W\d_]{2,12}\.? ?\d{1,3}(?:[.\-]\d{1,3})*\s?(?:[\]>):.|\u2013\u2014-]|$)"
)
_CAPTION_WORD = re.compile(
    r"[\[<(【]?\s?(?:fig|abb|bild|tab|table|chart|image|exhibit|photo|plate|graph|diagram|scheme|listing|algorithm|"
    r"illustration|figura|gráfico|tabla|cuadro|tabelle|tableau|rys|рис|табл|σχήμα|εικόνα|πίνακας|图|圖|表|그림|표|"
    r"الشكل|شكل|الجدول|جدول|איור|תרשים|טבלה|לוח|รูป|bảng|hình|şekil|tablo|kuva|figuur|tabel|figur|obr|tabulka)",
    re.IGNORECASE,
)
_CHECKS = frozenset("☐☑☒□✓✔\uf06f\uf0a8\uf0fe\uf071\u25a2\u2751\u2752")
_BULLETS = frozenset("•◦▪■○●∙·➢►▶❖\uf0b7\uf0a7\uf076\ufffd")
_EQUATION_NUMBER = re.compile(r"\(\s?[A-Z]?\d{1,3}(?:\.\d{1,3})?\s?\)$")
_REFERENCE = re.compile(r"\[\d{1,3}\]\s")
_PROMPT = re.compile(r"(?:[$>#%]|//|/\*|--)\s?\S")
_WORDS_OF_CODE = frozenset(
    [
        "def",
        "return",
        "import",
        "function",
        "const",
        "var",
        "int",
        "void",
        "class",
        "public",
        "private",
        "SELECT",
        "FROM",
        "WHERE",
        "sudo",
        "print",
        "null",
        "true",
        "false",
        "elif",
        "else",
        "endif",
        "echo",
        "std",
    ]
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AMOUNT = re.compile(r"(?<![\d.,:/])\d{1,3}(?:[.,' ]?\d{3})*[.,]\d\d\)?(?:\s?\D{1,3})?$")
_CODE = "{}[]();=<>_/\\|&$#\"'`*+"
_MATH = "−×÷∑∏∫√≤≥≈≠∈∉⊂∪∩∞∂∇αβγδεζηθλμνξπρστφχψωΓΔΘΛΣΦΨΩ→←↔⋅^∥⟨⟩"  # noqa: RUF001 -- signs of mathematics
_CLASSES = {
    **{ord(char): "a" for char in string.ascii_letters},
    **{ord(char): "0" for char in string.digits},
    **{ord(char): ";" for char in _CODE},
    **{ord(char): "=" for char in _MATH},
}
_ENDS = (".!?。！？؟", ":：", ",;，、", "-\u00ad\u2010")  # noqa: RUF001 -- marks of other scripts


def ends_in_amount(text: str) -> bool:
    """With a number of two decimals; no date and no time."""
    return _AMOUNT.search(text) is not None


def names_caption(text: str) -> bool:
    """Whether it begins as a caption does, in one of many languages."""
    return _CAPTION_WORD.match(text) is not None or _COUNTED_NAME.match(text) is not None


def traits(text: str) -> list[float]:
    """Numbers between 0 and about 2, most of them 0 or 1; always as many."""
    length = len(text) or 1
    classes = text.translate(_CLASSES)
    letters = classes.count("a") if text.isascii() else sum(map(str.isalpha, text))
    digits = classes.count("0")
    words = text.split()
    first, last = text[:1], text[-1:]
    kind = "" if text.isascii() else _kind(text)
    return [
        *map(float, _marks(text, first, digits)),
        *(float(last in signs and bool(last)) for signs in _ENDS),
        float(last in ";{}"),
        float(not _WORDS_OF_CODE.isdisjoint(words)),
        float(first.islower()),
        float(first.isupper()),
        float(first.isdigit()),
        float(letters > 1 and text.isupper()),
        float(text.istitle()),
        float(kind == "wide"),
        float(kind == "right"),
        digits / length,
        letters / length,
        classes.count(";") / length,
        classes.count("=") / length,
        min(len(words), 24) / 12,
        min(length, 160) / 80,
    ]


def _marks(text: str, first: str, digits: int) -> list[bool]:
    depth = markers.section_depth(text) or 0
    mark = markers.number(text) or ""
    dotted = "..." in text or ". . ." in text or "…" in text
    return [
        markers.bullet(text) is not None or first in _BULLETS,
        bool(mark),
        mark[:1].isdigit(),
        mark.endswith(")"),
        depth > 0,
        depth > 1,
        depth > 2,
        markers.is_caption(text),
        _CAPTION_WORD.match(text) is not None,
        _NUMBERED_NAME.match(text) is not None,
        markers.is_page_number(text),
        markers.opens_footnote(text),
        dotted,
        markers.is_label(text) or _LEAD.match(text) is not None,
        not _CHECKS.isdisjoint(text),
        "@" in text or "http" in text or "www." in text,
        _EQUATION_NUMBER.search(text) is not None,
        _REFERENCE.match(text) is not None,
        _PROMPT.match(text) is not None,
        digits > 3 and _YEAR.search(text) is not None,
        "__" in text,
        first > " " and text[1:2] == " " and not first.isdigit(),
        ends_in_amount(text),
        first in "*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰※" and bool(first),
    ]


def _kind(text: str) -> str:
    for char in text[:40]:
        if char > "\u2e80" and unicodedata.east_asian_width(char) == "W":
            return "wide"
        if "\u0590" <= char <= "\u08ff":
            return "right"
    return ""
