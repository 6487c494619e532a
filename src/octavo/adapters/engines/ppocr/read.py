"""What one line says: a score per character and time step, and the text that follows (CTC)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.engines.models import dictionary_path
from octavo.adapters.engines.ppocr.crop import HEIGHT, Crop
from octavo.adapters.engines.ppocr.session import Session

_LEAST_WIDTH = 64
_WIDTH_STEP = 16
"""Few different widths: the memory of one line is what the next one reuses."""


@dataclass(frozen=True, slots=True)
class Token:
    """One character, with the time steps from `first` to `last` that it was seen at."""

    character: str
    first: int
    last: int
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    tokens: tuple[Token, ...]
    stride: float
    """Pixels of the crop per time step."""

    @property
    def text(self) -> str:
        return unicodedata.normalize("NFC", "".join(token.character for token in self.tokens)).strip()

    @property
    def confidence(self) -> float:
        """Mean over characters; 0.0 where nothing was read."""
        if not self.tokens:
            return 0.0
        return sum(token.probability for token in self.tokens) / len(self.tokens)

    @property
    def weakest(self) -> float:
        return min((token.probability for token in self.tokens), default=0.0)


class LineReader:
    """A recogniser with its characters."""

    def __init__(self, model: Path) -> None:
        self._session = Session(model)
        lines = dictionary_path(model).read_bytes().decode("utf-8")
        self._characters = ["", *lines.removesuffix("\n").split("\n"), " "]

    @property
    def characters(self) -> Sequence[str]:
        """Of each class of `scores`; the first is the blank, which parts doubled characters."""
        return self._characters

    def read(self, crop: Crop) -> Reading:
        scores, stride = self.scores(crop)
        return Reading(self._decode(scores), stride)

    def scores(self, crop: Crop) -> tuple[NDArray[np.float32], float]:
        """Probabilities, time steps x characters, and the pixels of the crop per step."""
        width = max(_LEAST_WIDTH, -(-crop.width // _WIDTH_STEP) * _WIDTH_STEP)
        tensor = np.zeros(
            (1, 3, HEIGHT, width), dtype=np.float32
        )  # 0 is mid-grey, what the padding was in training
        bgr = crop.pixels[:, :, ::-1].astype(np.float32)
        tensor[0, :, :, : crop.width] = (bgr * (2 / 255) - 1).transpose(2, 0, 1)
        scores = self._session.run(tensor)[0]
        return scores, width / len(scores)

    def _decode(self, scores: NDArray[np.float32]) -> tuple[Token, ...]:
        """A run of the same class is one character; the blank class parts doubled ones."""
        best = scores.argmax(axis=1)
        edges = np.flatnonzero(np.diff(best)) + 1
        tokens = []
        for first, stop in zip([0, *edges], [*edges, len(best)], strict=True):
            if best[first]:
                probability = float(scores[first:stop, best[first]].max())
                character = self._characters[best[first]]
                tokens.append(Token(character, int(first), int(stop) - 1, min(1.0, probability)))
        return tuple(tokens)
