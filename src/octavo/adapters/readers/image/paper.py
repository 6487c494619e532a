"""How large the paper of a picture is: files often say nothing, or something absurd."""

from math import isfinite

_LEAST_DPI, _MOST_DPI = 50.0, 1200.0
_ASSUMED_DPI = 200.0
_A3_PT = (842.0, 1191.0)
_SCREEN_DPI = {72.0, 96.0}
"""What cameras and screenshots write for want of a better number."""


def resolution_of(width: int, height: int, stated: object) -> tuple[float, float]:
    """Pixels per inch, across and down, believed where `stated` is sane, else such that the page is at most A3.

    `stated` is Pillow's `info["dpi"]`: a pair, or None. Fax TIFFs have twice the resolution across.
    """
    pair = _pair(stated)
    if pair is not None and all(_LEAST_DPI <= dpi <= _MOST_DPI for dpi in pair):
        across, down = pair
        believable = round(across) not in _SCREEN_DPI or _fits_a3(width * 72 / across, height * 72 / down)
        if believable and max(across, down) <= 4 * min(across, down):
            return across, down
    long_edge, short_edge = max(width, height), min(width, height)
    dpi = max(_ASSUMED_DPI, long_edge * 72 / _A3_PT[1], short_edge * 72 / _A3_PT[0])
    return dpi, dpi


def _fits_a3(width_pt: float, height_pt: float) -> bool:
    return min(width_pt, height_pt) <= _A3_PT[0] and max(width_pt, height_pt) <= _A3_PT[1]


def _pair(stated: object) -> tuple[float, float] | None:
    if not isinstance(stated, tuple) or len(stated) != 2:
        return None
    try:
        across, down = float(stated[0]), float(stated[1])
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (across, down) if isfinite(across) and isfinite(down) else None
