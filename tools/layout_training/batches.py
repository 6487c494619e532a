# ruff: noqa: S311 -- the same draws every time
"""Many pages at once, in processes of their own."""

import pickle
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tools.layout_training.browser import Browser, NotMeasured
from tools.layout_training.documents import KINDS, OFFICE_KINDS, Documents
from tools.layout_training.examples import Example, examples, read_pdf

from octavo.domain.document import ReadPage
from octavo.pipeline.structure.drawn import Drawn

Made = tuple[ReadPage, Drawn, list[dict[str, Any]]]
SEED = 2026
AT_ONCE = 150
"""Pages one browser makes before it is started anew."""
GENERAL = 16
"""Batches of all kinds of documents; those after them are of what offices print."""


def all_examples(pages: int, processes: int, keep: Path | None) -> list[Example]:
    seeds = range(SEED, SEED + -(-pages // AT_ONCE))
    # Fresh processes: a browser's pipes do not survive a fork.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return [example for batch in pool.map(partial(_batch, keep=keep), seeds) for example in batch]


def _batch(seed: int, keep: Path | None) -> list[Example]:
    rng = random.Random(seed)
    return [
        example for page, drawn, parts in _kept(seed, keep) for example in examples(page, drawn, parts, rng)
    ]


def _kept(seed: int, keep: Path | None) -> list[Made]:
    path = keep / f"pages-{seed}.pickle" if keep else None
    if path and path.exists():
        kept: list[Made] = pickle.loads(path.read_bytes())  # noqa: S301 -- written by the line below
        return kept
    made = list(_made(seed))
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(made))
    return made


def _made(seed: int) -> Iterator[Made]:
    """Of whole documents, at least `AT_ONCE` pages."""
    documents = Documents(seed, KINDS if seed < SEED + GENERAL else OFFICE_KINDS)
    pages = 0
    with Browser() as browser:
        while pages < AT_ONCE:
            try:
                pdf, parts = browser.print(documents.next()[1])
            except NotMeasured:
                continue
            for (page, drawn), labelled in zip(read_pdf(pdf), parts, strict=False):
                pages += 1
                yield page, drawn, labelled["parts"]
