"""Words of scientific pages whose role the TeX source tells: in which kind of block does each stand?

`docbank`: the samples in the public repository `doc-analysis/DocBank`, `*_black.pdf` beside `*_<page from 0>.txt`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.accuracy.layout_score import Box, LayoutPage

Word = tuple[str, float, float]
"""Its kind, its middle in page fractions."""
_DOCBANK = {
    "paragraph": "paragraph",
    "abstract": "paragraph",
    "author": "paragraph",
    "date": "paragraph",
    "section": "heading",
    "title": "heading",
    "caption": "caption",
    "equation": "formula",
    "footer": "footnote",
    "list": "list_item",
    "reference": "reference",
    "table": "table",
}
_MAY_BE = {"reference": ("list_item", "paragraph")}
"""Entries of a bibliography are entries or paragraphs, as one likes."""


def docbank(folder: Path) -> Iterator[tuple[Path, int, list[Word]]]:
    """PDF, page from 1, and its words."""
    for marks in sorted(folder.glob("*.txt")):
        stem, _, page = marks.stem.rpartition("_")
        source = folder / f"{stem}_black.pdf"
        if source.exists():
            yield source, int(page) + 1, list(_words(marks))


def _words(marks: Path) -> Iterator[Word]:
    for line in marks.read_text(encoding="utf-8").splitlines():
        token, x0, y0, x1, y1, *_, label = line.split("\t")
        if label in _DOCBANK and not token.startswith("##"):
            yield _DOCBANK[label], (float(x0) + float(x1)) / 2000, (float(y0) + float(y1)) / 2000


def show_words(
    pages: Iterator[tuple[Path, int, list[Word]]], read: Callable[[Path], list[LayoutPage]]
) -> None:
    true: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    for path, number, words in pages:
        page = next((one for one in _one_page(path, number, read)), None)
        for kind, x, y in words:
            label = _label_at(page, x, y)
            label = kind if label in _MAY_BE.get(kind, ()) else label
            true[kind] += 1
            found[label] += 1
            right[kind] += label == kind
            if label != kind:
                missed[kind, label] += 1
    scores = []
    for kind in sorted(true):
        f1 = 2 * right[kind] / (true[kind] + found[kind])
        scores.append(f1)
        print(f"  {kind:12} F1 {f1:.3f}  of {true[kind]}")
    print(f"words right {right.total() / true.total():.3f}  mean F1 of kinds {sum(scores) / len(scores):.3f}")
    print(", ".join(f"{kind} as {label} {count}" for (kind, label), count in missed.most_common(12)))


def _one_page(path: Path, number: int, read: Callable[[Path], list[LayoutPage]]) -> list[LayoutPage]:
    """The page before and the one after are read with it: what repeats tells headers and footers."""
    import tempfile

    import pypdfium2

    with (
        tempfile.TemporaryDirectory() as folder,
        pypdfium2.PdfDocument(path) as source,
        pypdfium2.PdfDocument.new() as part,
    ):
        around = [at for at in (number - 2, number - 1, number) if 0 <= at < len(source)]
        part.import_pages(source, around)
        target = Path(folder) / "part.pdf"
        part.save(target)
        pages = read(target)
        return [page for page in pages if around[page.number - 1] == number - 1]


def _label_at(page: LayoutPage | None, x: float, y: float) -> str:
    """Of the smallest block around; none where there is no block."""
    holding = [
        (_area(block.bbox), block.label)
        for block in (page.blocks if page else ())
        if block.bbox[0] <= x <= block.bbox[2] and block.bbox[1] <= y <= block.bbox[3]
    ]
    return min(holding)[1] if holding else "none"


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
