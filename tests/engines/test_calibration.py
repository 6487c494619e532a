"""Scores become shares."""

import json
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.adapters.engines.calibration.apply import CURVES, Calibrated, curve_for
from octavo.adapters.engines.calibration.curve import Curve, fit
from octavo.domain.document import EngineIdentity, Line, Origin, Word
from octavo.domain.geometry import BBox
from octavo.domain.job import Profile
from octavo.ports.engines import PageImage

BOX = BBox(0.1, 0.1, 0.2, 0.2)
scored = st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.floats(0.1, 2)), min_size=1, max_size=200)


@given(scored, st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_a_curve_never_falls_and_stays_between_0_and_1(
    words: list[tuple[float, bool, float]], scores: list[float]
) -> None:
    curve = fit(words)

    shares = [curve.at(score) for score in sorted(scores)]

    assert all(0 <= share <= 1 for share in shares)
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(shares))


def test_an_engine_that_is_too_sure_of_itself_is_set_right() -> None:
    chance = random.Random(7)
    scores = [chance.uniform(0.5, 1) for _ in range(20_000)]
    words = [(score, chance.random() < score**3, 1.0) for score in scores]

    curve = fit(words)

    assert [curve.at(score) for score in (0.6, 0.8, 0.95)] == pytest.approx(
        [0.6**3, 0.8**3, 0.95**3], abs=0.05
    )


def test_words_count_by_their_weight() -> None:
    words = [(0.9, True, 1.0)] * 10 + [(0.9, False, 10.0)]

    assert fit(words).at(0.9) == pytest.approx(0.5)


def test_a_curve_without_points_changes_nothing() -> None:
    assert Curve(()).at(0.7) == 0.7


class Engine:
    identity = EngineIdentity("paper", "1", "sha256:0")

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        assert image.width == 4
        scores = (0.9, 0.0, None)
        words = tuple(Word(f"word{number}", BOX, score, Origin.OCR) for number, score in enumerate(scores))
        return (Line(words, BOX, font_size=9.0),)


def test_only_what_the_engine_says_is_changed() -> None:
    calibrated = Calibrated(Engine(), Curve(((0.5, 0.2), (0.9, 0.6), (1.0, 1.0))))

    (line,) = calibrated.recognise(PageImage(np.zeros((4, 4, 3), np.uint8), 72))

    assert [word.confidence for word in line.words] == [0.6, 0.01, None]
    assert [word.text for word in line.words] == ["word0", "word1", "word2"]
    assert line.font_size == 9.0
    assert calibrated.identity.name == "paper"


@pytest.mark.parametrize("profile", Profile)
def test_the_engine_that_was_measured_has_a_curve_for_every_profile(profile: Profile) -> None:
    curve = curve_for("ppocrv6", profile)

    shares = [share for _, share in curve.points]
    assert len(shares) >= 3
    assert shares == sorted(shares)


def test_the_curves_say_what_they_rest_on_and_what_they_are_worth() -> None:
    curves = json.loads(CURVES.read_text(encoding="utf-8"))["curves"]

    for name, curve in curves.items():
        before, after = curve["error"]["all"]
        assert min(curve["fitted_words"], curve["measured_words"]) > 500, name
        assert after < before, name


def test_no_word_on_ink_is_called_sure_to_be_wrong() -> None:
    calibrated = Calibrated(Engine(), Curve(((0.0, 0.0), (0.5, 0.0), (1.0, 1.0))))

    (line,) = calibrated.recognise(PageImage(np.zeros((4, 4, 3), np.uint8), 72))

    assert line.words[1].confidence == 0.01


def test_an_engine_without_a_curve_is_left_as_it_is() -> None:
    assert curve_for("nobody", Profile.STANDARD) == Curve(())
