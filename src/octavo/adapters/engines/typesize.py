"""Type size from ink: how tall a line is depends on which letters it happens to hold."""

_ASCENDING, _X_HEIGHT, _DESCENDING = 0.72, 0.52, 0.21
"""Parts of the em in common text faces (Times, Helvetica, Vera differ by a tenth)."""

_LOW = frozenset("acemnorsuvwxyzgpq·«»-\u2013—~+=.,:;…_æœøµ")
"""Characters that stay below the height of x."""
_DEEP = frozenset("gjpqyQ,;()[]{}|/§ßçÇşŞţŢęĘąĄųŲ@µ_")


def font_size(text: str, height: float, dpi: float) -> float:
    """Points of the face in which `text` is `height` pixels from its highest to its lowest ink."""
    letters = [character for character in text if not character.isspace()]
    above = _X_HEIGHT if letters and all(letter in _LOW for letter in letters) else _ASCENDING
    below = _DESCENDING if any(letter in _DEEP for letter in letters) else 0.0
    return round(height * 72 / dpi / (above + below), 2)
