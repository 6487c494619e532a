"""Fonts whose letters are all as wide, whatever they call themselves."""

from collections.abc import Iterable

from octavo.adapters.readers.pdf.characters import Characters
from octavo.adapters.readers.pdf.words import PlacedWord

SLACK = 0.015
"""Of a letter's width: what rounding makes."""
LEAST_WORDS = 5
LEAST_LETTERS = 8
"""Different ones: figures are as wide in most fonts, and so may a few letters be by accident."""


def fixed_fonts(words: Iterable[PlacedWord], characters: Characters) -> frozenset[tuple[int, float]]:
    """Font and size, as `pitch_key` tells them, of those that are seen to have one pitch."""
    keys: dict[tuple[int, float], tuple[int, float]] = {}
    pitches: dict[tuple[int, float], float | None] = {}
    seen: dict[tuple[int, float], set[str]] = {}
    for word in words:
        place = word.run, word.size
        key = keys.get(place)
        if key is None:
            key = keys[place] = pitch_key(word, characters)
        if pitches.get(key, 0.0) is None:
            continue
        text = word.word.text
        if not (text.isascii() and sum(map(str.isalpha, text)) >= 2):
            continue
        width = (word.x1 - word.x0) / len(text)
        usual = pitches.setdefault(key, width)
        if usual is None or abs(width - usual) > SLACK * usual:
            pitches[key] = None
            continue
        seen.setdefault(key, set()).add(text)
    return frozenset(key for key, pitch in pitches.items() if pitch and _is_enough(seen.get(key, set())))


def pitch_key(word: PlacedWord, characters: Characters) -> tuple[int, float]:
    return int(characters.runs.fonts[word.run]), round(word.size, 2)


def _is_enough(texts: set[str]) -> bool:
    return len(texts) >= LEAST_WORDS and len(set("".join(texts))) >= LEAST_LETTERS
