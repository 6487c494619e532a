"""What a callout is: told by the word it opens with."""

import re
from typing import Any

from octavo.pipeline.structure.rows import Row

_KINDS = {
    "note": "note|notes|hint|remember|hinweis|remarque|à noter|nota|uwaga|примечание|σημείωση|提示|참고|ملاحظة|הערה",
    "tip": "tip|tipp|astuce|consejo|wskazówka|совет|συμβουλή",
    "warning": "warning|warnung|avertissement|advertencia|aviso|ostrzeżenie|внимание|προειδοποίηση|警告|تحذير|אזהרה",
    "important": "important|wichtig|importante|ważne|важно|重要|중요|هام|חשוב",
    "caution": "caution|achtung|attention|atención|vorsicht|προσοχή|注意|주의|تنبيه",
}
_LEAD = re.compile("|".join(rf"(?P<{kind}>(?:{words})\b)" for kind, words in _KINDS.items()), re.IGNORECASE)
_QUOTES = "\"'\u201c\u201e\u00ab\u2018"


def callout_body(rows: list[Row]) -> dict[str, Any]:
    """`kind`, and `title` where the first row is nothing but one."""
    text = rows[0].text
    match = _LEAD.match(text)
    kind = match.lastgroup if match else ("quote" if text[:1] in _QUOTES else "note")
    body: dict[str, Any] = {"kind": kind}
    if len(rows) > 1 and match and not text[match.end() :].strip(" :.!"):
        body["title"] = text.strip(" :.!")
    return body
