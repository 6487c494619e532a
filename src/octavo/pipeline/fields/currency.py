"""Where a document says its currency."""

from collections.abc import Iterable

from octavo.pipeline.fields.readers.currencies import currency_of
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Row, Token

_AROUND = "0123456789.,'()[]-+:;/* "


def currency_word(rows: Iterable[Row], locale: Locale) -> Token | None:
    """The first word with its code, else with its sign, alone or glued to an amount; None where nothing says it."""
    words = [token for row in rows for token in row.tokens]
    code = locale.currency or ""
    written = next((word for word in words if code and code in word.text), None)
    return written or next((word for word in words if _has_sign(word.text, locale)), None)


def _has_sign(word: str, locale: Locale) -> bool:
    bare = word.strip(_AROUND)
    return bool(bare) and currency_of(bare, locale) == locale.currency
