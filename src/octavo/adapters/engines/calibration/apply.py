"""An engine whose confidence is the share of such words that are right."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from octavo.adapters.engines.calibration.curve import Curve
from octavo.domain.document import EngineIdentity, Line, Word
from octavo.domain.job import Profile
from octavo.ports.engines import PageImage, Recogniser

_LEAST = 0.01
"""0.0 is kept for words that stand on no ink."""
CURVES = Path(__file__).with_name("curves.json")


@cache
def curve_for(engine: str, profile: Profile) -> Curve:
    """Its own, or that of the profile it was measured in; without points for an engine that was not measured."""
    curves = json.loads(CURVES.read_text(encoding="utf-8"))["curves"]
    found = curves.get(f"{engine}-{profile.value}") or curves.get(f"{engine}-{Profile.STANDARD.value}")
    return Curve(tuple((score, share) for score, share in found["points"])) if found else Curve(())


class Calibrated:
    """Implements `ports.engines.Recogniser` around another."""

    def __init__(self, engine: Recogniser, curve: Curve) -> None:
        self._engine = engine
        self._curve = curve

    @property
    def identity(self) -> EngineIdentity:
        return self._engine.identity

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        lines = self._engine.recognise(image)
        return tuple(replace(line, words=tuple(map(self._rated, line.words))) for line in lines)

    def _rated(self, word: Word) -> Word:
        """Nothing is known of a word of which the engine says nothing."""
        if word.confidence is None:
            return word
        return replace(word, confidence=round(max(_LEAST, self._curve.at(word.confidence)), 4))
