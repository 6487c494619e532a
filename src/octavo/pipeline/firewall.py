"""What a vision-language model says of a page, let in only where it stands on ink.

The model writes fluent text and no boxes; it may repeat itself for ever, leave lines out, and
write what is not there. So it never adds a word: each line that another engine found on the ink
looks for itself in the model's text, and its words may take the model's spelling where both are
nearly the same. What no line claims is counted, and dropped.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from octavo.domain.document import Line, Word

CLAIMS = 78.0
"""Similarity (0-100) of a line and its place in the model's text; chance is below 60 for 12 letters."""
SHORTEST = 3
"""Characters of a line that can be looked up; less is found anywhere."""
SAME_WORD = 0.6
"""Similarity of two spellings of one word."""
BOTH = 0.99
"""Confidence of a word that both wrote alike."""
SPELLED = 0.8
"""At most, of a word that took the model's spelling."""
LEAST_REPEATS = 4
LONGEST_PERIOD = 40
"""Words in one turn of a loop."""
FEW = 3
"""Words without a line that are no invention yet: a page number read otherwise, a bullet."""

LOOP_CUT = "vision_loop_cut"
INVENTION_CUT = "vision_invention_cut"
NOTHING_FITS = "vision_answer_rejected"

_MARKUP = re.compile(
    r"^\s*(?:#{1,6}\s|>\s|[-*+]\s(?=\S)|```\w*|\|?(?:\s*:?-{2,}:?\s*\|)+)|\*\*|__|\|", re.MULTILINE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Admitted:
    lines: tuple[Line, ...]
    """The lines given, in their order, with the same boxes; only spelling and confidence differ."""
    notes: tuple[str, ...]
    """Of `LOOP_CUT`, `INVENTION_CUT`, `NOTHING_FITS`."""
    claimed_share: float
    """Of the model's words, after loops were cut: how many stand on ink."""


def admit(answer: str, lines: tuple[Line, ...]) -> Admitted:
    """Let the model's `answer` correct `lines`, which another engine read from the ink.

    Args:
        answer: What the model wrote about the page: plain text or Markdown.
        lines: What was found on the ink, in any order.
    """
    told, is_cut = without_loops(plain(answer).split())
    notes = [LOOP_CUT] if is_cut else []
    text = _Told(told)
    corrected = {id(line): _corrected(line, text) for line in _longest_first(lines)}
    claimed = sum(text.taken)
    if told and not claimed and lines:
        notes.append(NOTHING_FITS)
    elif len(told) - claimed > FEW:
        notes.append(INVENTION_CUT)
    return Admitted(
        tuple(corrected[id(line)] for line in lines), tuple(notes), claimed / len(told) if told else 0.0
    )


def plain(answer: str) -> str:
    """Without the marks of Markdown and tags; the words stay."""
    return _MARKUP.sub(" ", _TAG.sub(" ", answer)).replace("\\", "")


def without_loops(words: list[str]) -> tuple[list[str], bool]:
    """The words with one turn of every loop, and whether there was a loop.

    A loop is the same run of words many times over; tables repeat a cell now and then, not this often.
    """
    kept: list[str] = []
    is_cut = False
    position = 0
    while position < len(words):
        period, turns = _loop_at(words, position)
        if period:
            kept.extend(words[position : position + period])
            position += period * turns
            is_cut = True
        else:
            kept.append(words[position])
            position += 1
    return kept, is_cut


def _loop_at(words: list[str], start: int) -> tuple[int, int]:
    """Length of a turn and how many turns; 0 and 0 where nothing repeats."""
    for period in range(1, LONGEST_PERIOD + 1):
        needed = max(LEAST_REPEATS, 12 // period)
        turn = words[start : start + period]
        if words[start + period : start + 2 * period] != turn:
            continue
        turns = 2
        while words[start + turns * period : start + (turns + 1) * period] == turn:
            turns += 1
        if turns >= needed:
            return period, turns
    return 0, 0


class _Told:
    """The model's words, and which of them a line has claimed. Each is claimed once."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.taken = [False] * len(words)
        self.text = " ".join(words)
        self.starts: list[int] = []
        at = 0
        for word in words:
            self.starts.append(at)
            at += len(word) + 1

    def claim(self, wanted: str) -> list[str]:
        """The words at the best place for `wanted`; empty where there is none."""
        if not self.text or len(wanted) < SHORTEST:
            return []
        found = fuzz.partial_ratio_alignment(wanted, self.text, score_cutoff=CLAIMS)
        if found is None or found.src_end - found.src_start < 0.7 * len(wanted):
            return []
        inside = [
            at
            for at, start in enumerate(self.starts)
            if _overlap(start, start + len(self.words[at]), found.dest_start, found.dest_end)
        ]
        if not inside or any(self.taken[at] for at in inside):
            return []
        for at in inside:
            self.taken[at] = True
            # A claimed place can be found by nobody else: nothing a line holds looks like this.
            start = self.starts[at]
            self.text = (
                self.text[:start] + "\0" * len(self.words[at]) + self.text[start + len(self.words[at]) :]
            )
        return [self.words[at] for at in inside]


def _overlap(start: int, end: int, low: int, high: int) -> bool:
    return min(end, high) - max(start, low) > 0.5 * (end - start)


def _longest_first(lines: tuple[Line, ...]) -> list[Line]:
    """A long line cannot be mistaken; a short one takes what is left."""
    return sorted(lines, key=lambda line: len(line.text), reverse=True)


def _corrected(line: Line, told: _Told) -> Line:
    words = told.claim(line.text)
    if not words:
        return line
    ours = [word.text for word in line.words]
    spelled = list(line.words)
    for block in Indel.opcodes(ours, words):
        if block.tag == "equal":
            for at in range(block.src_start, block.src_end):
                spelled[at] = replace(line.words[at], confidence=_at_least(line.words[at].confidence, BOTH))
    for at, other in _nearly_alike(ours, words):
        spelled[at] = _respelled(line.words[at], other)
    return replace(line, words=tuple(spelled))


def _nearly_alike(ours: list[str], theirs: list[str]) -> list[tuple[int, str]]:
    """Words in the same place with another spelling: as many on both sides, each like the other."""
    found: list[tuple[int, str]] = []
    for block in Levenshtein.opcodes(ours, theirs):
        if block.tag == "replace" and block.src_end - block.src_start == block.dest_end - block.dest_start:
            pairs = zip(
                range(block.src_start, block.src_end), theirs[block.dest_start : block.dest_end], strict=True
            )
            found.extend((at, other) for at, other in pairs if _may_respell(ours[at], other))
    return found


def _may_respell(ours: str, theirs: str) -> bool:
    """Never a figure: a model writes plausible ones."""
    if re.sub(r"\D", "", ours) != re.sub(r"\D", "", theirs):
        return False
    return _alike(ours, theirs) >= SAME_WORD


def _alike(ours: str, theirs: str) -> float:
    """An accent more or less is hardly a difference."""
    bare = Levenshtein.normalized_similarity(_bare(ours), _bare(theirs))
    return max(0.95 * bare, Levenshtein.normalized_similarity(ours, theirs))


def _bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _respelled(word: Word, text: str) -> Word:
    return replace(word, text=text, confidence=round(min(SPELLED, _alike(word.text, text)), 4))


def _at_least(confidence: float | None, least: float) -> float:
    return max(confidence or 0.0, least) if confidence != 0.0 else 0.0
