"""The documents that are read, each with what its truth makes of an answer."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2

from benchmarks.accuracy.structure.charts import READ_OFF, chart_from_truth, score_charts
from benchmarks.accuracy.structure.formulas import score_formulas
from benchmarks.accuracy.structure.found import Cell, Found, FoundTable
from benchmarks.accuracy.structure.headings import (
    Heading,
    OrderCheck,
    phrases_in_place,
    score_headings,
    score_order,
)
from benchmarks.accuracy.structure.office import (
    add_charts,
    add_tables,
    score_slides,
    score_text_document,
    text_recall,
)
from benchmarks.accuracy.structure.sheets import score_workbook
from benchmarks.accuracy.structure.tally import Tally

MANUAL_PAGES = (19, 90)
"""Of the 261 of the large digital manual, first and last: its lists of contents, and chapters of every kind."""

Truth = dict[str, Any]
Score = Callable[[Found], Tally]


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    path: Path
    pages: int
    score: Score


@dataclass(frozen=True, slots=True)
class Task:
    title: str
    cases: Callable[[Path, Path], Iterator[Case]]
    """From the folder with the sets, and one to write in; nothing where the set is not there."""
    names: tuple[str, ...]
    """The measures that are shown, in this order."""


TABLES = ("TEDS", "TEDS-struct", "cell F1", "exact grids", "tables found", "tables right")
CHARTS = ("chart types", "chart titles", "categories", "series names", "values", "values given right")


def _each(name: str, score: Callable[[Truth, Found], Tally], root: Path, _: Path) -> Iterator[Case]:
    for path in sorted((root / name).glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        source = path.with_name(truth["file"])
        yield Case(truth["id"], source, _pages(source, truth), partial(score, truth))


def _pages(path: Path, truth: Truth) -> int:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    return len(truth.get("slides") or truth.get("sheets") or [truth])


def _tables(truth: Truth, found: Found) -> Tally:
    """Of a file with a `page` only what is found there counts: the rest was not transcribed."""
    tally = Tally()
    page = truth.get("page")
    if page is not None:
        found = Found(tables=tuple(table for table in found.tables if table.page in {None, page}))
    tables = [_true_table(one) for one in truth["tables"]]
    add_tables(tally, tables, found)
    return tally


def _true_table(values: Truth) -> FoundTable:
    pages = values.get("pages") or [None]
    if "cells" not in values:
        return FoundTable.of_grid(values["grid"], pages[0])
    cells = (
        Cell(
            one["row"],
            one["col"],
            one["text"] or "",
            one["row_end"] - one["row"] + 1,
            one["col_end"] - one["col"] + 1,
        )
        for one in values["cells"]
    )
    return FoundTable(tuple(cells), pages[0] if len(pages) == 1 else None)


def _outline(truth: Truth, found: Found) -> Tally:
    tally = Tally()
    wanted = [
        Heading(one["title"], one["level"], one["page"])
        for one in truth["headings"]
        if one.get("printed_on_page", True)
    ]
    if wanted:
        score = score_headings(wanted, found.blocks)
        tally.add_f1("heading F1", score.matched, score.true, score.found)
        tally.add("headings found", score.matched, score.true)
        tally.add("headings right", score.matched, score.found)
        tally.add("levels", score.same_level, score.matched)
        tally.add("found with their level", score.same_level, score.true)
    checks = [OrderCheck(one["before"], one["after"], one["page"]) for one in truth.get("order_checks", ())]
    order = score_order(checks, found)
    tally.add("order", order.right, len(checks))
    tally.add("order, of what is there", order.right, order.right + order.wrong)
    phrases = [(one["page"], one["contains"]) for one in truth.get("page_checks", ())]
    tally.add("phrases on their page", phrases_in_place(phrases, found), len(phrases))
    return tally


def _manual(root: Path, scratch: Path) -> Iterator[Case]:
    """Some pages of the large manual as a file of their own: all are asked the same, in bearable time."""
    path = root / "large" / "debian_reference.json"
    if not path.exists():
        return
    truth = json.loads(path.read_text(encoding="utf-8"))
    first, last = MANUAL_PAGES
    part = scratch / "debian_reference_part.pdf"
    with (
        pypdfium2.PdfDocument.new() as target,
        pypdfium2.PdfDocument(path.with_name(truth["file"])) as source,
    ):
        target.import_pages(source, list(range(first - 1, last)))
        target.save(part)
    kept = {
        "headings": _moved(truth["outline"], first, last),
        "page_checks": _moved(truth["page_checks"], first, last),
    }
    yield Case("debian_reference", part, last - first + 1, partial(_outline, kept))


def _moved(rows: list[Truth], first: int, last: int) -> list[Truth]:
    return [row | {"page": row["page"] - first + 1} for row in rows if first <= row["page"] <= last]


def _charts(truth: Truth, found: Found) -> Tally:
    tally = Tally()
    charts = [chart_from_truth(one, None) for one in truth["charts"]]
    add_charts(tally, score_charts(charts, found.charts, tolerance=READ_OFF))
    words = "\n".join(truth["slide_text"])
    tally.add("text beside", *text_recall(words, found.text))
    return tally


def _formulas(truth: Truth, found: Found) -> Tally:
    """One formula a picture; of more found, the one with LaTeX."""
    answers = sorted((one.latex for one in found.formulas), key=lambda latex: latex is None)
    score = score_formulas([(truth["latex"], answers[0] if answers else None)])
    tally = Tally()
    tally.add("seen", bool(found.formulas))
    tally.add("answered", score.answered)
    tally.add("honestly null", bool(answers) and not score.answered)
    tally.add("exact", score.exact)
    tally.add("likeness, all", score.likeness)
    tally.add("likeness, answered", score.likeness, score.answered)
    return tally


def _manuals(root: Path, scratch: Path) -> Iterator[Case]:
    yield from _each("pdf_headings", _outline, root, scratch)
    yield from _manual(root, scratch)


TASKS: dict[str, Task] = {
    "tables_icdar2013": Task(
        "Tables in government PDFs (ICDAR 2013)", partial(_each, "tables_icdar2013", _tables), TABLES
    ),
    "tables_tabula": Task("Tables in PDFs (Tabula)", partial(_each, "tables_tabula", _tables), TABLES),
    "tables_pubtabnet": Task(
        "Tables in pictures (PubTabNet)", partial(_each, "tables_pubtabnet", _tables), TABLES
    ),
    "manuals": Task(
        "Headings, order and places in manuals",
        _manuals,
        (
            "heading F1",
            "headings found",
            "headings right",
            "levels",
            "found with their level",
            "order",
            "order, of what is there",
            "phrases on their page",
        ),
    ),
    "office_pptx": Task(
        "Presentations",
        partial(_each, "office_pptx", score_slides),
        (
            "titles",
            "text",
            "notes",
            "TEDS",
            "cell F1",
            "exact grids",
            "exact charts",
            *CHARTS,
            "edges F1",
        ),
    ),
    "office_docx": Task(
        "Text documents",
        partial(_each, "office_docx", score_text_document),
        (
            "block types",
            "heading levels",
            "text",
            "TEDS",
            "cell F1",
            "exact grids",
            "footnotes",
            "headers",
            "footers",
        ),
    ),
    "office_xlsx": Task(
        "Workbooks",
        partial(_each, "office_xlsx", score_workbook),
        ("cells", "cells given right", "neighbours F1", "merged", "exact charts", *CHARTS),
    ),
    "charts_rendered": Task(
        "Charts in pictures", partial(_each, "charts_rendered", _charts), (*CHARTS, "text beside")
    ),
    "formulas": Task(
        "Formulas in pictures",
        partial(_each, "formulas", _formulas),
        ("seen", "answered", "honestly null", "exact", "likeness, all", "likeness, answered"),
    ),
}
