"""Slides, text documents and workbooks against what their files say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.accuracy.structure.charts import EXACT, ChartScore, chart_from_truth, score_charts
from benchmarks.accuracy.structure.found import Cell, Edge, Found, FoundBlock, FoundTable
from benchmarks.accuracy.structure.headings import HEADINGS
from benchmarks.accuracy.structure.tables import score_tables
from benchmarks.accuracy.structure.tally import Tally
from benchmarks.accuracy.structure.texts import letters

_ALSO = {
    "title": HEADINGS,
    "heading": HEADINGS,
    "paragraph": frozenset({"paragraph", "code", "caption", "callout", "formula"}),
    "list_item": frozenset({"list_item"}),
}
"""What a block of the file may be called; a paragraph may be code or a caption by more than its style's name."""


def score_slides(truth: dict[str, Any], found: Found) -> Tally:
    """Titles, text, tables, charts, connectors and notes of a presentation."""
    tally, slides = Tally(), truth["slides"]
    headings = [block for block in found.blocks if block.label in HEADINGS]
    titles = [(slide["index"], slide["title"]) for slide in slides if letters(slide["title"] or "")]
    tally.add("titles", _texts_found(titles, headings), len(titles))
    tally.add("text", *text_recall(truth["text"], _all_text(found)))
    add_tables(tally, [_table(one, slide["index"]) for slide in slides for one in slide["tables"]], found)
    charts = [chart_from_truth(one, slide["index"]) for slide in slides for one in slide["charts"]]
    add_charts(tally, score_charts(charts, found.charts, tolerance=EXACT))
    edges = [edge for slide in slides for edge in _edges(slide)]
    glued = {edge.page for edge in edges}  # what connectors join that are not glued, the truth does not tell
    given = [edge for edge in found.edges if edge.page in glued or edge.page is None]
    tally.add_f1("edges F1", _edges_found(edges, given), len(edges), len(given) if edges else 0)
    notes = [(slide["index"], slide["notes"]) for slide in slides if letters(slide["notes"] or "")]
    tally.add("notes", _texts_found(notes, found.notes), len(notes))
    return tally


def score_text_document(truth: dict[str, Any], found: Found) -> Tally:
    """Block types, heading levels, text, tables, footnotes, page headers and footers."""
    tally = Tally()
    wanted = [block for block in truth["blocks"] if letters(block.get("text") or "")]
    partners = _partners(wanted, found.blocks)
    alike = [(block, other) for block, other in zip(wanted, partners, strict=True) if other is not None]
    right = [(block, other) for block, other in alike if other.label in _ALSO[block["type"]]]
    tally.add("block types", len(right), len(wanted))
    levels = [(b["level"], other.level) for b, other in right if b["type"] == "heading"]
    shifts = Counter(level - other for level, other in levels if level is not None and other is not None)
    headings = sum(block["type"] == "heading" for block in wanted)
    tally.add("heading levels", max(shifts.values(), default=0), headings)
    tally.add("text", *text_recall(truth["text"], _all_text(found)))
    add_tables(tally, [_table(one, None) for one in truth["tables"]], found)
    for name, label in (("footnotes", "footnote"), ("headers", "page_header"), ("footers", "page_footer")):
        texts = [(None, one) for one in _plain(truth[name]) if letters(one)]
        tally.add(name, _texts_found(texts, [b for b in found.blocks if b.label == label]), len(texts))
    return tally


def add_tables(tally: Tally, truth: Sequence[FoundTable], found: Found) -> None:
    score = score_tables(truth, found.tables)
    for one in score.scores:
        tally.add("TEDS", one.teds)
        tally.add("TEDS-struct", one.teds_struct)
        tally.add("cell F1", one.adjacency)
        tally.add("exact grids", one.exact)
    tally.add("tables found", score.detected, len(truth))
    tally.add("tables right", score.detected, score.found)


def add_charts(tally: Tally, score: ChartScore) -> None:
    tally.add("charts found", score.found, score.charts)
    tally.add("chart types", score.types, score.charts)
    tally.add("chart titles", score.titles, score.titled)
    tally.add("categories", score.categories, score.with_categories)
    tally.add("series names", score.names, score.named)
    tally.add("values", score.values, score.true_values)
    tally.add("values given right", score.values, score.values + score.wrong_values)
    tally.add("exact charts", score.exact, score.charts)


def text_recall(truth: str, found: str) -> tuple[int, int]:
    """How many of the true words are there, each as often as it occurs."""
    wanted, given = (Counter(filter(None, map(letters, text.split()))) for text in (truth, found))
    return (wanted & given).total(), wanted.total()


def _all_text(found: Found) -> str:
    return "\n".join([found.text, *(note.text for note in found.notes)])


def _texts_found(wanted: Iterable[tuple[int | None, str]], given: Iterable[FoundBlock]) -> int:
    """How many (page, text) are there; a page matters where both sides tell it."""
    left, right = list(given), 0
    for page, text in wanted:
        for block in left:
            if (None in {page, block.page} or page == block.page) and letters(block.text) == letters(text):
                left.remove(block)
                right += 1
                break
    return right


def _partners(wanted: Sequence[dict[str, Any]], given: Sequence[FoundBlock]) -> list[FoundBlock | None]:
    """For each true block the first with its text, after those already taken; else one of code that contains it."""
    left = [(letters(block.text), block) for block in given]
    code = [pair for pair in left if pair[1].label == "code"]
    partners: list[FoundBlock | None] = []
    for block in wanted:
        text = letters(block["text"])
        at = next((at for at, (other, _) in enumerate(left) if other == text), None)
        if at is not None:
            partners.append(left.pop(at)[1])
        else:
            partners.append(next((other for inside, other in code if text in inside), None))
    return partners


def _table(values: dict[str, Any], page: int | None) -> FoundTable:
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
    return FoundTable(tuple(cells), page)


def _edges(slide: dict[str, Any]) -> Iterable[Edge]:
    """Connectors with a shape at both ends, from tail to head: an arrow at the start alone turns them round."""
    texts = {
        shape["id"]: "\n".join(paragraph["text"] for paragraph in shape.get("paragraphs", ()))
        for shape in slide["shapes"]
    }
    for one in slide["connectors"]:
        if one["from"] in texts and one["to"] in texts:
            ends = texts[one["from"]], texts[one["to"]]
            turned = bool(one["head"]) and not one["tail"]
            source, target = reversed(ends) if turned else ends
            yield Edge(source, target, slide["index"], bool(one["head"] or one["tail"]))


def _edges_found(truth: Iterable[Edge], found: Iterable[Edge]) -> int:
    """An edge without arrows is the same from either end."""
    left, right = list(found), 0
    for edge in truth:
        ends = letters(edge.source), letters(edge.target)
        for other in left:
            given = letters(other.source), letters(other.target)
            near = None in {edge.page, other.page} or edge.page == other.page
            if near and (given == ends or (not edge.directed and given == ends[::-1])):
                left.remove(other)
                right += 1
                break
    return right


def _plain(values: Iterable[Any]) -> list[str]:
    return [one if isinstance(one, str) else str(one.get("text") or "") for one in values]
