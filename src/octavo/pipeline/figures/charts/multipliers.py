"""What a program wrote at the end of an axis instead of into its tick labels: `1e6`, `\u00d710\u00b3`, `+2.01e3`.

Words such as `millions` are units: values stay as the axis has them, and the words are part of its title.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from octavo.pipeline.figures.charts.exponents import RAISED, plain_digits
from octavo.pipeline.figures.charts.numbers import has_small_m, to_number
from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.scales import Scale
from octavo.pipeline.figures.view import Box, Label, View

_TIMES = re.compile("[\u00d7xX*\u00b7\u22c5\u2715\u2716]")
_EXPONENT = r"[+-]?\d{1,2}"
_FACTOR = (
    rf"1[eE](?P<e>{_EXPONENT})|x ?(?P<whole>100+)|(?P<bare>10\^)(?P<bare_power>{_EXPONENT})"
    rf"|1? ?x ?10\^(?P<raised>{_EXPONENT})|1? ?x ?10 ?(?P<flat>-?\d{{1,2}})"
)
_SHIFT = (
    rf"(?P<shift>[+-]\d[\d.,]*)(?:[eE](?P<shift_e>{_EXPONENT})"
    rf"|(?: ?x ?| )10(?:\^(?P<shift_raised>{_EXPONENT})|(?P<shift_flat>-?\d{{1,2}})))?"
)
_WRITTEN = re.compile(rf"^(?:{_FACTOR})? ?(?:{_SHIFT})?(?P<unit> [^\W\d]\S{{0,7}})?$")
_BEGUN = re.compile(r"^(?:x ?10|1[eE](?![^\W\d])|10\^|[+-]\d[\d.,]*(?:[eE]| ?x ?10))\W*\w?\W*$")
"""The beginning of a factor or a shift: the rest of it could not be read."""
_MISREAD = ((re.compile(r"(?<![\w])[lI|](?=[eE0O])"), "1"), (re.compile("(?<=1)[oO]"), "0"))
_GAP = 1.7
"""Text heights between the words of one: a sign between them may not have been read."""
_ABOVE, _BELOW = 2.6, 3.6
"""Text heights from the axis's last label, or the plot, to the factor."""
_ASIDE = 2.0


@dataclass(frozen=True, slots=True)
class Multiplier:
    """The value of a tick is `factor` times its number, and `shift` more."""

    factor: float
    shift: float
    labels: tuple[Label, ...]
    is_sure: bool = True
    """False: something of the kind is written, and what could not be told."""

    def on(self, scale: Scale) -> Scale:
        ticks = tuple(replace(tick, value=tick.value * self.factor + self.shift) for tick in scale.ticks)
        return replace(
            scale,
            slope=scale.slope * self.factor,
            offset=scale.offset * self.factor + self.shift,
            ticks=ticks,
            is_multiplied=True,
        )


def multiplied(plot: Plot, view: View) -> Plot:
    """The plot with scales in true values."""
    level = _found(plot.level, plot.box, view)
    upright = _found(plot.upright, plot.box, view)
    found = [one for one in (level, upright) if one is not None]
    if not found:
        return plot
    return replace(
        plot,
        level=level.on(plot.level) if level and plot.level else plot.level,
        upright=upright.on(plot.upright) if upright and plot.upright else plot.upright,
        written=tuple(label for one in found for label in one.labels),
        is_sure=all(one.is_sure for one in found),
    )


def _found(scale: Scale | None, plot: Box, view: View) -> Multiplier | None:
    if scale is None or scale.is_log:
        return None
    if _is_ambiguous(scale):
        return Multiplier(1.0, 0.0, (), is_sure=False)
    return find_multiplier(scale, plot, view.labels, view.text_height)


def _is_ambiguous(scale: Scale) -> bool:
    """Millions, thousandths or metres: nothing but a plain number beside them tells."""
    plain = [tick for tick in scale.ticks if not has_small_m(tick.label.text) and tick.value != 0]
    return len(plain) < len(scale.ticks) and not plain and any(has_small_m(t.label.text) for t in scale.ticks)


def find_multiplier(
    scale: Scale, plot: Box, labels: Iterable[Label], text_height: float
) -> Multiplier | None:
    """The one at the end of this axis; None where nothing of the kind is written there."""
    own = {tick.label for tick in scale.ticks}
    for group in _groups([label for label in labels if label not in own], text_height):
        if not _is_at_end(_around(group), scale, plot, text_height):
            continue
        found = _read(" ".join(_plain(label.text) for label in group), tuple(group))
        if found is not None:
            return found
    return None


def _plain(text: str) -> str:
    """With signs of ASCII, and the powers of `10` behind a `^`."""
    return plain_digits(re.sub(f"(?<=10)(?=[{''.join(RAISED)}])", "^", text))


def _groups(labels: list[Label], text_height: float) -> list[list[Label]]:
    """Words of one line that stand close, from left to right."""
    groups: list[list[Label]] = []
    for label in sorted(labels, key=lambda label: (label.line, label.box.x0)):
        last = groups[-1][-1] if groups else None
        if last is not None and last.line == label.line and label.box.x0 - last.box.x1 <= _GAP * text_height:
            groups[-1].append(label)
        else:
            groups.append([label])
    return groups


def _around(group: list[Label]) -> Box:
    box = group[0].box
    for label in group[1:]:
        box = box.union(label.box)
    return box


def _is_at_end(box: Box, scale: Scale, plot: Box, text_height: float) -> bool:
    ticks = [tick.label.box for tick in scale.ticks]
    left, right = min(tick.x0 for tick in ticks), max(tick.x1 for tick in ticks)
    top, bottom = min(tick.y0 for tick in ticks), max(tick.y1 for tick in ticks)
    aside = _ASIDE * text_height
    if not scale.is_level:
        highest = min((tick.label.box for tick in scale.ticks), key=lambda tick: tick.cy)
        # The reader may have missed the last label.
        missed = 1.2 * abs(scale.end - scale.start) / (len(ticks) - 1)
        is_above = box.cy <= highest.cy - 0.35 * text_height and box.y1 >= (
            min(top, plot.y0) - _ABOVE * text_height - missed
        )
        return (
            is_above and (left + right) / 2 - aside <= box.cx and _is_near_side(box, left, right, plot, aside)
        )
    is_below = bottom - 0.5 * text_height <= box.y0 and box.y1 <= bottom + _BELOW * text_height
    is_beside = abs(box.cy - scale.middle) <= 0.7 * text_height and box.x0 >= right
    return (is_below and box.x1 >= plot.x1 - aside) or is_beside


def _is_near_side(box: Box, left: float, right: float, plot: Box, aside: float) -> bool:
    """Over the labels or over the plot's side that they stand at."""
    if (left + right) / 2 <= plot.cx:
        return box.x0 <= max(right, plot.x0) + aside
    return box.x1 >= min(left, plot.x1) - aside and box.x0 <= right + aside


def _read(text: str, labels: tuple[Label, ...]) -> Multiplier | None:
    text = _TIMES.sub("x", text)
    for wrong, right in _MISREAD:
        text = wrong.sub(right, text)
    text = text.strip("()[] ")
    match = _WRITTEN.match(text)
    if match is None:
        return Multiplier(1.0, 0.0, labels, is_sure=False) if _BEGUN.match(text) else None
    if match["unit"] and (match["bare"] or match["shift"]):
        return None  # `10^3 t` is a unit
    power = match["e"] or match["bare_power"] or match["raised"] or match["flat"]
    factor = 10.0 ** int(power) if power else float(match["whole"] or 1)
    shift = _shift(match)
    if shift is None or (factor == 1.0 and not shift):
        return None
    return Multiplier(factor, shift, labels)


def _shift(match: re.Match[str]) -> float | None:
    """None where what is written may be anything: a negative number alone."""
    written, power = match["shift"], match["shift_e"] or match["shift_raised"] or match["shift_flat"]
    if written is None:
        return 0.0
    number = to_number(written) if power or written.startswith("+") else None
    return None if number is None else number * 10.0 ** int(power or 0)
