"""What stands above or below a table and is none of its cells."""

import re

_TITLE = re.compile(
    r"(?:table|tab\.|tabelle|tableau|tabla|tabela|tabella|taulukko|tabell|exhibit|figure|fig\.|abb\.|abbildung|"
    r"表|chart|box)\s*[\dIVXA-Z]",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:notes?|source|sources|quelle|quellen|anmerkung|hinweis|exhibit reads|nota|fuente|fonte|bron|abbreviations?|"
    r"legend|\*|†|‡|§|[a-z0-9]{1,2}\s?[).]\s|[¹²³⁴ᵃᵇᶜ])",
    re.IGNORECASE,
)
LONG = 90
"""Letters: a title row of a table is shorter."""


def is_beside_table(text: str, *, at_top: bool) -> bool:
    """Whether a line over the table's whole width is its title or a note."""
    if len(text) >= LONG or _TITLE.match(text):
        return True
    return not at_top and _NOTE.match(text) is not None
