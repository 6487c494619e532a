"""How well blocks are found on pages that nobody looked at, by the whole program, pictures read by its engine.

.venv/bin/python -m benchmarks.accuracy.layout_blind <set> <folder> [--words]

Sets are told in `layout_sets`; `docbank` in `layout_words`.
"""

import argparse
from dataclasses import replace
from pathlib import Path

from benchmarks.accuracy.layout import show
from benchmarks.accuracy.layout_score import LayoutPage, add_scores, score_layout
from benchmarks.accuracy.layout_sets import SETS, WITHOUT_LISTS
from benchmarks.accuracy.layout_words import docbank, show_words
from benchmarks.accuracy.structure.answer import found_from_json
from benchmarks.accuracy.structure.layout_task import pages_of
from benchmarks.accuracy.structure.ours import read_with
from octavo.adapters.engines.models import default_models_dir
from octavo.domain.job import Profile


def read(path: Path) -> list[LayoutPage]:
    """What Octavo makes of a file with the standard profile."""
    return pages_of(found_from_json(read_with(Profile.STANDARD, default_models_dir(), path)))


def _as_paragraphs(page: LayoutPage) -> LayoutPage:
    blocks = [
        replace(block, label="paragraph") if block.label == "list_item" else block for block in page.blocks
    ]
    return replace(page, blocks=blocks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", choices=[*SETS, "docbank"])
    parser.add_argument("folder", type=Path)
    wanted = parser.parse_args()
    if wanted.set == "docbank":
        show_words(docbank(wanted.folder), read)
        return
    pairs = []
    for name, path, truth in SETS[wanted.set](wanted.folder):
        found = read(path)
        if wanted.set in WITHOUT_LISTS:
            found = [_as_paragraphs(page) for page in found]
        pairs.append((truth, found))
        show(name, score_layout(truth, found))
    total = add_scores(pairs)
    show("ALL", total)
    for label, (precision, recall, count) in total.by_label.items():
        print(f"  {label:12} P {precision:.3f}  R {recall:.3f}  of {count}")


if __name__ == "__main__":
    main()
