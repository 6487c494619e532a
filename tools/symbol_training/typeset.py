"""Sheets of symbols: one in each cell of a grid, on a known baseline, in several fonts and sizes."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.symbol_training.alphabet import symbols

COLUMNS, ROWS = 12, 16
PITCH_PT = 46.0
BASELINE_PT = 18.0
"""Above the bottom of the cell."""
SIZE_PT = 10.0
FONTS = {
    "computer-modern": "",
    "latin-modern": r"\usepackage{lmodern}",
    "times": r"\usepackage{mathptmx}",
    "palatino": r"\usepackage{mathpazo}",
}
STYLES = {r"\textstyle": 1.0, r"\scriptstyle": 0.7, r"\scriptscriptstyle": 0.5}


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    page: int
    column: int
    row: int
    """From the top."""
    scale: float
    """Font size over `SIZE_PT`."""
    is_plain: bool
    """The first way to set it, at full size, in the first font: what its measures are taken from."""


def typeset(work: Path) -> dict[str, list[Cell]]:
    """Write `<font>.pdf` for each font; which symbol is in which cell."""
    return {name: _sheet(work, name, package) for name, package in FONTS.items()}


def _sheet(work: Path, name: str, package: str) -> list[Cell]:
    cells: list[Cell] = []
    body: list[str] = []
    entries = [
        (label, way, style, scale, way is ways[0] and scale == 1.0)
        for label, ways in symbols().items()
        for way in ways
        for style, scale in STYLES.items()
        if not (way.startswith(("\\display", "\\text", "\\big", "\\Big")) and scale != 1.0)
    ]
    for place, (label, way, style, scale, is_plain) in enumerate(entries):
        page, rest = divmod(place, COLUMNS * ROWS)
        row, column = divmod(rest, COLUMNS)
        if rest == 0:
            body.append((r"\end{picture}\newpage" if page else "") + r"\noindent\begin{picture}(0,0)")
        x = column * PITCH_PT + 8
        y = -(row + 1) * PITCH_PT + BASELINE_PT
        body.append(rf"\put({x:.1f},{y:.1f}){{${style} {way}$}}")
        cells.append(Cell(label, page + 1, column, row, scale, is_plain))
    body.append(r"\end{picture}")
    source = "\n".join(
        [
            r"\documentclass[10pt]{article}",
            r"\usepackage[paperwidth=560pt,paperheight=744pt,margin=0pt]{geometry}",
            r"\usepackage{amsmath,amssymb}",
            package,
            r"\pagestyle{empty}\setlength{\unitlength}{1bp}\setlength{\topskip}{0pt}\setlength{\parindent}{0pt}",
            r"\begin{document}",
            *body,
            r"\end{document}",
        ]
    )
    (work / f"{name}.tex").write_text(source, encoding="utf-8")
    command = [
        "pdflatex",
        "-interaction=nonstopmode",
        "-output-directory",
        str(work),
        str(work / f"{name}.tex"),
    ]
    subprocess.run(command, check=False, capture_output=True)
    if not (work / f"{name}.pdf").exists():
        raise RuntimeError(f"pdflatex did not set {name}; see {work / name}.log")
    return cells
