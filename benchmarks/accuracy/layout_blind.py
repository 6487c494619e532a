"""How well blocks are found on pages that nobody looked at, by the whole program or by another.

.venv/bin/python -m benchmarks.accuracy.layout_blind <set> <folder> [--who … --peers …]

Sets are told in `layout_sets`; `docbank` in `layout_words`.
"""

import argparse
from dataclasses import replace
from pathlib import Path

from benchmarks.accuracy.layout import show
from benchmarks.accuracy.layout_readers import Read, add_options, reader
from benchmarks.accuracy.layout_score import LayoutPage, add_scores, score_layout
from benchmarks.accuracy.layout_sets import COARSE, SETS, WITHOUT_LISTS, coarse
from benchmarks.accuracy.layout_words import docbank, show_words


def _as_paragraphs(page: LayoutPage) -> LayoutPage:
    blocks = [
        replace(block, label="paragraph") if block.label == "list_item" else block for block in page.blocks
    ]
    return replace(page, blocks=blocks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", choices=[*SETS, "docbank"])
    parser.add_argument("folder", type=Path)
    add_options(parser)
    wanted = parser.parse_args()
    with reader(wanted) as read:
        if wanted.set == "docbank":
            show_words(docbank(wanted.folder), read)
        else:
            _show_blocks(wanted.set, wanted.folder, read)


def _show_blocks(name_of_set: str, folder: Path, read: Read) -> None:
    kinds: dict[str, list[tuple[list[LayoutPage], list[LayoutPage]]]] = {"PDFs": [], "PICTURES": []}
    for name, path, truth in SETS[name_of_set](folder):
        found = read(path)
        if name_of_set in WITHOUT_LISTS:
            found = [_as_paragraphs(page) for page in found]
        if name_of_set in COARSE:
            found = [coarse(page) for page in found]
        kinds["PDFs" if path.suffix == ".pdf" else "PICTURES"].append((truth, found))
        show(name, score_layout(truth, found))
    if all(kinds.values()):
        for kind, pairs in kinds.items():
            show(kind, add_scores(pairs))
    total = add_scores([pair for pairs in kinds.values() for pair in pairs])
    show("ALL", total)
    for label, (precision, recall, count) in total.by_label.items():
        print(f"  {label:12} P {precision:.3f}  R {recall:.3f}  of {count}")


if __name__ == "__main__":
    main()
