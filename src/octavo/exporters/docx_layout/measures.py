"""Points in the units of Word."""

from octavo.exporters.office import EMU_PER_POINT

_MOST = 31_680
"""Word takes no larger distance: 22 inches."""


def twips(points: float) -> int:
    """Twentieths of a point, within what Word takes."""
    return max(-_MOST, min(_MOST, round(points * 20)))


def emu(points: float) -> int:
    return round(points * EMU_PER_POINT)
