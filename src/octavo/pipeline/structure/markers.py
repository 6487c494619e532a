"""The signs that open a list entry, a numbered heading, a caption; and what a page number looks like."""

import re

_BULLET = re.compile(
    r"([•◦▪▫■□●○∙·‣\u2043➢➤►▶✓✔❖\u25aa❑◆\ue000-\uf06e\uf070\uf072-\uf0a7\uf0a9-\uf0fc\uf0ff-\uf8ff\ufffd*\u2013\u2014-])\s+(?=\S)"
)
"""Private letters are the signs of symbol fonts, but for their boxes to tick."""
_NUMBER = re.compile(r"(\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s+(?=\S)")
_CHECKBOX = re.compile(r"(\[[ xX]?\]|[☐☑☒□■✓✔✗\u25a2\u2751\u2752\uf06f\uf0a8\uf0fe\uf071\uf0fd])\s*(?=\S)")
_TICKED = frozenset(["[x]", "[X]", *"☑☒✓✔\uf0fe\uf0fd"])
_PART = r"(?i:chapter|section|appendix|part|kapitel|abschnitt|anhang|teil|chapitre|annexe|partie|cap[ií]tulo|capitolo)"
_SECTION = re.compile(
    rf"(?:{_PART}\s+)?((?:\d{{1,3}}|[A-Z])(?:\.\d{{1,3}}){{0,5}})(?<![A-Z])\.?\s+(?=[^\W\d_a-z])"
    r"|([A-Z](?:\.\d{1,3}){1,5})\.?\s+(?=[^\W\d_a-z])"
)
_PART_ALONE = re.compile(rf"{_PART}\s+(?:\d{{1,3}}|[A-Z]|[IVX]{{1,6}})\b[.:]?")
_LABEL = re.compile(
    r"(?:note|notes|warning|caution|tip|important|hint|example|hinweis|achtung|warnung|wichtig|tipp|remarque|attention|nota|proof|beweis|preuve|démonstration|dimostrazione)\W*",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"(?:definition|theorem|lemma|proposition|corollary|remark|proof|claim|exercise|axiom|satz|korollar|bemerkung|"
    r"behauptung|beweis|beispiel|aufgabe|übungsaufgabe|théorème|définition|corollaire|remarque|exercice|preuve|teorema|"
    r"definición|ejemplo)\s+[\dIVX]+(?:\.\d+)*\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|chart|plate|listing|abb(?:ildung|\.)|tabelle|tableau|figura|tabla|"
    r"diagramm|exhibit|image|bild|photo)\s*\.?\s*\d+(?:[.\-]\d+)*\s*(?:[.:\u2013\u2014-]|\s(?=[A-ZÄÖÜ])|$)",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|von|de|sur|di)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3}|\[\d{1,3}\])\s?(?=\S)")
_DOTTED = re.compile(r"(?:\.\s?){4,}\s*\S{0,6}$")


def bullet(text: str) -> str | None:
    match = _BULLET.match(text)
    return match[1] if match else None


def number(text: str) -> str | None:
    """`1.`, `(a)`, `iv)`, with their punctuation."""
    match = _NUMBER.match(text)
    return match[1] if match else None


def checkbox(text: str) -> tuple[str, bool] | None:
    """The box to tick that opens the text, and whether it is ticked."""
    match = _CHECKBOX.match(text)
    return (match[1], match[1] in _TICKED) if match else None


def section_depth(text: str) -> int | None:
    """Of `2.1 Scope`: 2, of `Chapter 3`: 1. None where no section number opens the text."""
    if _PART_ALONE.match(text):
        return 1
    match = _SECTION.match(text)
    return (match[1] or match[2]).count(".") + 1 if match else None


def is_label(text: str) -> bool:
    """A word that marks what follows it and names nothing: `Note`, `Warning:`, `Theorem 3`."""
    return _LABEL.fullmatch(text) is not None or _STATEMENT.match(text) is not None


def is_caption(text: str) -> bool:
    return _CAPTION.match(text) is not None


def is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.fullmatch(text) is not None


def opens_footnote(text: str) -> bool:
    return _FOOTNOTE.match(text) is not None


def is_contents_entry(text: str) -> bool:
    """A line of a table of contents: dots up to a page number."""
    return _DOTTED.search(text) is not None
