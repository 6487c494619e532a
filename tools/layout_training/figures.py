# ruff: noqa: RUF001 -- signs of many scripts; the same draws every time
"""Pictures for generated pages: charts and drawings as vectors, photographs as noise; formulas."""

import base64
import random
import struct
import zlib
from html import escape

from tools.layout_training.wording import Writer

_GREEK = "αβγδεθλμπρστφψωΓΔΣΩ"


def chart(rng: random.Random, writer: Writer, width: int, height: int) -> str:
    """Bars, a line or boxes with arrows, with labels in it."""
    draw = rng.choice((_bars, _bars, _curve, _boxes))
    inner = draw(rng, writer, width, height)
    if rng.random() < 0.4:
        inner += _text(width / 2, 14, writer.phrase(1, 5), "middle", rng.uniform(9, 14))
    frame = (
        f'<rect width="{width}" height="{height}" fill="none" stroke="#777"/>' if rng.random() < 0.4 else ""
    )
    return f'<svg width="{width}" height="{height}" style="display:block">{frame}{inner}</svg>'


def photograph(rng: random.Random, writer: Writer, width: int, height: int) -> str:
    """A small picture of noise, stretched; some have labels over them."""
    labels = "".join(
        f'<div style="position:absolute;left:{rng.randint(2, 70)}%;top:{rng.randint(2, 90)}%;font-size:{rng.randint(8, 13)}px;'
        f'line-height:1.1;color:#111">{escape(writer.phrase(1, 4))}</div>'
        for _ in range(rng.choice((0, 0, 0, 2, 5, 9)))
    )
    shape = f"display:block;width:{width}px;height:{height}px"
    return f'<div style="position:relative;text-align:start;text-indent:0;overflow:hidden;height:{height}px"><img src="{picture_url(rng)}" style="{shape}">{labels}</div>'


def picture_url(rng: random.Random, *, pale: bool = False) -> str:
    """A picture of noise, twelve pixels a side."""
    side = 12
    base = [rng.randint(190, 240) if pale else rng.randint(30, 220) for _ in range(3)]
    reach = 6 if pale else 60
    rows = b"".join(
        b"\0"
        + bytes(min(255, max(0, base[c] + rng.randint(-reach, reach))) for _ in range(side) for c in range(3))
        for _ in range(side)
    )
    return "data:image/png;base64," + base64.b64encode(_png(side, rows)).decode()


def formula(rng: random.Random) -> str:
    """A made-up equation, as MathML or set by hand with slanted letters, raised and lowered."""
    if rng.random() < 0.4:
        parts = [_by_hand(rng) for _ in range(rng.randint(2, 5))]
        signs = [rng.choice(("+", "−", "·", "/", "")) for _ in parts]
        signs[rng.randrange(len(signs))] = rng.choice("=≤≈→")
        return " ".join(f"{part} {sign}" for part, sign in zip(parts, signs, strict=True)) + rng.choice(
            (_by_hand(rng), "0", "1")
        )
    sides = [_expression(rng, rng.randint(1, 3)) for _ in range(2)]
    sign = rng.choice("=≤≈≥∈→")
    return f'<math display="block"><mrow>{sides[0]}<mo>{sign}</mo>{sides[1]}</mrow></math>'


def _by_hand(rng: random.Random) -> str:
    one = f"<i>{rng.choice('abcdfghknpqrstuvwxyzABCDEFLMNPQRSTVXY' + _GREEK)}</i>"
    return rng.choice(
        (
            one,
            f"{one}<sup>{rng.randint(2, 9)}</sup>",
            f"{one}<sub>{rng.choice('ijk012')}</sub>",
            f"{rng.randint(1, 20)}{one}",
            str(rng.randint(1, 99)),
            f"({one} + {rng.randint(1, 9)})",
            f"{rng.choice(('log', 'exp', 'max', 'sin', 'P'))}({one})",
        )
    )


def _expression(rng: random.Random, terms: int) -> str:
    return f"<mo>{rng.choice('+−⋅')}</mo>".join(_term(rng) for _ in range(terms))


def _term(rng: random.Random) -> str:
    one, two = _symbol(rng), _symbol(rng)
    return rng.choice(
        (
            one,
            f"<msub>{one}<mn>{rng.randint(0, 9)}</mn></msub>",
            f"<msup>{one}<mn>{rng.randint(2, 3)}</mn></msup>",
            f"<mfrac><mrow>{one}<mo>+</mo>{two}</mrow>{_symbol(rng)}</mfrac>",
            f"<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>{one}",
            f"<msqrt>{one}<mo>−</mo>{two}</msqrt>",
            f"<mi>{rng.choice(('log', 'exp', 'max', 'sin', 'Pr'))}</mi><mo>(</mo>{one}<mo>)</mo>",
            f"<msubsup><mo>∫</mo><mn>0</mn><mi>∞</mi></msubsup>{one}<mi>d</mi><mi>x</mi>",
        )
    )


def _symbol(rng: random.Random) -> str:
    return f"<mi>{rng.choice('abcdfghknpqrstuvwxyzABCDEFLMNPQRSTVXY' + _GREEK)}</mi>"


def _bars(rng: random.Random, writer: Writer, width: int, height: int) -> str:
    count = rng.randint(3, 8)
    step = (width - 50) / count
    parts = [f'<path d="M40 20V{height - 30}H{width}" stroke="#333" fill="none"/>']
    for at in range(count):
        high = rng.uniform(0.1, 0.9) * (height - 60)
        x = 45 + at * step
        parts.append(
            f'<rect x="{x:.0f}" y="{height - 30 - high:.0f}" width="{step * 0.6:.0f}" height="{high:.0f}" fill="#48{at}9c{at}"/>'
        )
        parts.append(_text(x + step * 0.3, height - 14, writer.phrase(1, 1)[:8], "middle", 9))
        if rng.random() < 0.4:
            parts.append(_text(x + step * 0.3, height - 34 - high, str(rng.randint(1, 99)), "middle", 8))
    parts += [_text(34, height - 28 - at * (height - 60) / 4, str(at * 25), "end", 8) for at in range(5)]
    return "".join(parts)


def _curve(rng: random.Random, writer: Writer, width: int, height: int) -> str:
    points = " ".join(
        f"{40 + at * (width - 50) / 12:.0f},{rng.uniform(25, height - 40):.0f}" for at in range(13)
    )
    parts = [
        f'<path d="M40 20V{height - 30}H{width}" stroke="#333" fill="none"/>',
        f'<polyline points="{points}" fill="none" stroke="#c33" stroke-width="2"/>',
    ]
    parts += [_text(40 + at * (width - 50) / 5, height - 16, str(2015 + at), "middle", 9) for at in range(6)]
    parts += [_text(34, height - 30 - at * (height - 60) / 4, f"{at * 0.2:.1f}", "end", 8) for at in range(5)]
    parts.append(_text(width - 60, 30, writer.phrase(1, 2), "middle", 9))
    return "".join(parts)


def _boxes(rng: random.Random, writer: Writer, width: int, height: int) -> str:
    parts = []
    columns, rows = rng.randint(2, 4), rng.randint(1, 3)
    wide, high = width / columns * 0.7, min(46.0, height / rows * 0.6)
    for row in range(rows):
        for column in range(columns):
            x, y = column * width / columns + 4, row * height / rows + 8
            parts.append(
                f'<rect x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" height="{high:.0f}" fill="#e6eefa" stroke="#357"/>'
            )
            parts.append(
                _text(x + wide / 2, y + high / 2 + 3, writer.phrase(1, 2)[: int(wide / 6)], "middle", 9.5)
            )
            if column + 1 < columns:
                parts.append(
                    f'<path d="M{x + wide:.0f} {y + high / 2:.0f}h{width / columns * 0.3:.0f}" stroke="#357"/>'
                )
    return "".join(parts)


def _text(x: float, y: float, text: str, anchor: str, size: float) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="{size:.1f}">{escape(text)}</text>'
    )


def _png(side: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
