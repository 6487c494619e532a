"""Several searchable PDFs as one."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pikepdf


def merge(parts: Sequence[Path], target: Path) -> None:
    """All pages, in the order of the files, which are ours and sound."""
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        for part in parts:
            whole.pages.extend(opened.enter_context(pikepdf.open(part)).pages)
        whole.save(target)
