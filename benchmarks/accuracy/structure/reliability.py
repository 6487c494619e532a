"""The calibration as a picture: a bar for each bin, as high as its share of right words, beside the diagonal."""

from benchmarks.accuracy.structure.calibration import Bin, Calibration

SIDE = 300
EDGE = 40


def draw(calibration: Calibration, title: str) -> str:
    """SVG. The bars are the darker the more words they stand for."""
    size = SIDE + 2 * EDGE
    caption = f"{title}: {calibration.count:,} words, calibration error {calibration.error:.3f}"
    most = max((one.count for one in calibration.bins), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" font-family="sans-serif" font-size="11">',
        f'<rect width="{size}" height="{size}" fill="white"/>',
        *(_bar(one, most) for one in calibration.bins),
        f'<path d="M{EDGE} {EDGE + SIDE}L{EDGE + SIDE} {EDGE}" stroke="#c33" stroke-dasharray="4 3"/>',
        f'<rect x="{EDGE}" y="{EDGE}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#333"/>',
        *(_tick(step / 5) for step in range(6)),
        f'<text x="{EDGE}" y="{EDGE - 14}" font-size="12">{caption}</text>',
        f'<text x="{size / 2}" y="{size - 8}" text-anchor="middle">confidence</text>',
        f'<text x="12" y="{size / 2}" text-anchor="middle" transform="rotate(-90 12 {size / 2})">right</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _bar(one: Bin, most: int) -> str:
    left, width = EDGE + SIDE * one.low, SIDE * (one.high - one.low)
    height = SIDE * one.right
    shade = 0.25 + 0.75 * one.count / most
    return (
        f'<rect x="{left:.1f}" y="{EDGE + SIDE - height:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="#36c" fill-opacity="{shade:.2f}" stroke="white"><title>{one.count}</title></rect>'
    )


def _tick(share: float) -> str:
    at, base = EDGE + SIDE * share, EDGE + SIDE
    return (
        f'<text x="{at:.0f}" y="{base + 14}" text-anchor="middle">{share:.1f}</text>'
        f'<text x="{EDGE - 4}" y="{base - SIDE * share + 4:.0f}" text-anchor="end">{share:.1f}</text>'
    )
