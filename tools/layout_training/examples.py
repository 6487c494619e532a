"""From a generated page to what the network learns from: features of its rows, their roles, where blocks begin."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tools.layout_training.style import STAND_IN

from octavo.adapters.readers.pdf.reader import PdfKind
from octavo.domain.document import BlockType, Line, Origin, ReadPage, Word
from octavo.domain.geometry import BBox
from octavo.pipeline.structure.drawn import NOTHING, Drawn, drawn_of
from octavo.pipeline.structure.features import row_features
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.layout import lay_out
from octavo.pipeline.structure.lifted import without
from octavo.pipeline.structure.measure import page_shape
from octavo.pipeline.structure.role_names import ROLES
from octavo.pipeline.structure.rows import Row
from octavo.ports.readers import Limits

UNKNOWN = -1
PRIVATE = "\uf0b7\uf0b7\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf06e\uf0a1\ue000\uf8ff\ufffd"
"""Where office programs put the signs of their fonts of symbols."""
FOUND_BEFORE = {"table": 0.5, "picture": 0.5}
"""How often what finds tables and figures has found one before the lines are judged."""


@dataclass(frozen=True, slots=True)
class Example:
    features: NDArray[np.float32]
    roles: NDArray[np.int8]
    """Positions in ROLES; -1 where no labelled part holds the row."""
    starts: NDArray[np.int8]
    """1 where the row is of another part than the one before it."""


def read_pdf(content: bytes) -> list[tuple[ReadPage, Drawn]]:
    """Its pages as our own reader sees them, with what they draw."""
    import tempfile
    from pathlib import Path

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        reader = PdfKind().open(Path(file.name), password=None, limits=Limits())
        try:
            loaded = [reader.load(number) for number in range(1, reader.page_count + 1)]
            return [
                (
                    ReadPage(p.number, p.width_pt, p.height_pt, p.lines, p.regions),
                    drawn_of(p.paths(), p.width_pt, p.height_pt),
                )
                for p in loaded
            ]
        finally:
            reader.close()


def examples(
    page: ReadPage, drawn: Drawn, parts: list[dict[str, Any]], rng: random.Random
) -> Iterator[Example]:
    """The page as it is; and one in three as a recogniser would have read its scan."""
    if not page.lines:
        return
    page = _with_private_signs(page, rng)
    yield _example(page, drawn if rng.random() < 0.95 else NOTHING, parts, rng)
    if rng.random() < 0.35:
        yield _example(scanned(page, rng), drawn if rng.random() < 0.3 else NOTHING, parts, rng)


def _with_private_signs(page: ReadPage, rng: random.Random) -> ReadPage:
    """Bullets as the fonts of office programs name them."""
    sign = rng.choice(PRIVATE)
    lines = tuple(
        replace(line, words=tuple(_signed(word, sign) for word in line.words))
        if any(STAND_IN in word.text for word in line.words)
        else line
        for line in page.lines
    )
    return replace(page, lines=lines)


def _signed(word: Word, sign: str) -> Word:
    return replace(word, text=word.text.replace(STAND_IN, sign))


def _example(page: ReadPage, drawn: Drawn, parts: list[dict[str, Any]], rng: random.Random) -> Example:
    """Some of its tables and pictures have been found before, as they are where the model is asked."""
    places = _Places(parts)
    found = _found(page, parts, places, rng)
    page = without(page, found)
    layout = lay_out(page, found)
    rows = layout.rows
    shape = page_shape(rows, page.width_pt, page.height_pt)
    owners = places.owners(rows, page)
    roles = np.array([ROLES.index(parts[o]["role"]) if o >= 0 else UNKNOWN for o in owners], np.int8)
    starts = np.array(
        [at == 0 or owners[at] != owners[at - 1] or owners[at] < 0 for at in range(len(rows))], np.int8
    )
    return Example(row_features(layout, page, shape, drawn), roles, starts)


def _found(
    page: ReadPage, parts: list[dict[str, Any]], places: "_Places", rng: random.Random
) -> tuple[Found, ...]:
    wanted = {at for at, part in enumerate(parts) if rng.random() < FOUND_BEFORE.get(part["role"], 0.0)}
    if not wanted:
        return ()
    words = [word for line in page.lines for word in line.words]
    owners = places.of_points([word.bbox.center for word in words])
    taken: dict[int, list[Word]] = {at: [] for at in wanted}
    for word, owner in zip(words, owners, strict=True):
        if owner in wanted:
            taken[owner].append(word)
    return tuple(
        Found(
            BlockType.TABLE if parts[at]["role"] == "table" else BlockType.IMAGE,
            BBox.clamped(*parts[at]["boxes"][0]),
            tuple(Line((word,), word.bbox) for word in taken[at]),
            "",
        )
        for at in sorted(wanted)
    )


class _Places:
    """Finds the part in which something stands; an area (table, picture) goes before the lines of text in it."""

    def __init__(self, parts: list[dict[str, Any]]) -> None:
        boxes = [(*box, at, part["area"]) for at, part in enumerate(parts) for box in part["boxes"]]
        self.boxes = np.array(boxes, np.float64).reshape(-1, 6)

    def owners(self, rows: list[Row], page: ReadPage) -> list[int]:
        """The part that most letters of each row stand in."""
        points, letters, counts = [], [], []
        for row in rows:
            if row.line is None:
                points.append(((row.x0 + row.x1) / 2 / page.width_pt, (row.y0 + row.y1) / 2 / page.height_pt))
                letters.append(1)
                counts.append(1)
            else:
                points += [word.bbox.center for word in row.line.words]
                letters += [len(word.text) for word in row.line.words]
                counts.append(len(row.line.words))
        found = self.of_points(points)
        result, at = [], 0
        for count in counts:
            votes: dict[int, int] = {}
            for owner, weight in zip(found[at : at + count], letters[at : at + count], strict=True):
                if owner >= 0:
                    votes[owner] = votes.get(owner, 0) + weight
            result.append(max(votes, key=lambda owner: votes[owner]) if votes else UNKNOWN)
            at += count
        return result

    def of_points(self, points: list[tuple[float, float]]) -> list[int]:
        if not points or not len(self.boxes):
            return [UNKNOWN] * len(points)
        x, y = np.array(points).T[:, :, None]
        box = self.boxes
        inside = (box[:, 0] <= x) & (x <= box[:, 2]) & (box[:, 1] <= y) & (y <= box[:, 3])
        # Boxes of tight lines overlap: the one whose middle is nearest, but areas first.
        cost = np.abs((box[:, 1] + box[:, 3]) / 2 - y) - 10 * box[:, 5]
        best = np.argmin(np.where(inside, cost, np.inf), axis=1)
        return [
            int(box[at, 4]) if any_ else UNKNOWN for at, any_ in zip(best, inside.any(axis=1), strict=True)
        ]


def scanned(page: ReadPage, rng: random.Random) -> ReadPage:
    """The page as read from ink: no fonts, boxes and sizes only nearly right, marks lost, a word wrong here and there."""
    scatter = rng.uniform(0.01, 0.08)
    lines = tuple(_scanned(line, page, rng, scatter) for line in page.lines)
    return replace(page, lines=tuple(line for line in lines if line.words))


def _scanned(line: Line, page: ReadPage, rng: random.Random, scatter: float) -> Line:
    words = tuple(_misread(word, page, rng, first=at == 0) for at, word in enumerate(line.words))
    kept = tuple(word for word in words if word.text)
    box = line.bbox
    size = line.font_size or box.height * page.height_pt * 0.8
    return Line(kept, _shaken(box, page, rng), round(size * rng.gauss(1, scatter), 2))


def _misread(word: Word, page: ReadPage, rng: random.Random, *, first: bool) -> Word:
    text = word.text
    if first and len(text) == 1 and not text.isalnum():
        text = rng.choice((text, text, "•", "-", "·", "", "*", "o", "."))
    elif rng.random() < 0.02 and len(text) > 3:
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice("l1ioce") + text[at + 1 :]
    return Word(text, _shaken(word.bbox, page, rng), rng.uniform(0.8, 1.0), Origin.OCR)


def _shaken(box: BBox, page: ReadPage, rng: random.Random) -> BBox:
    dx, dy = 0.8 / (page.width_pt or 600), 0.6 / (page.height_pt or 800)
    inset = box.height * 0.08
    return BBox.clamped(
        box.x0 + rng.gauss(0, dx),
        box.y0 + inset + rng.gauss(0, dy),
        box.x1 + rng.gauss(0, dx),
        box.y1 - inset + rng.gauss(0, dy),
    )
