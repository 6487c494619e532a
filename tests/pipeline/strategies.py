"""Pages of lines anywhere, for laws that hold on every page."""

from hypothesis import strategies as st
from tests.pipeline.fakes import HEIGHT, WIDTH

from octavo.domain.document import Line, Origin, ReadPage, Region, Word
from octavo.domain.geometry import BBox, enclosing

TEXTS = st.sampled_from(
    [
        "the",
        "Octavo",
        "1.",
        "2)",
        "(a)",
        "•",
        "-",
        "2.1",
        "exam-",
        "ple",
        "Figure",
        "3:",
        "17",
        "§",
        "书",
        "کتاب",
        "x",
        ".",
        "T",
        "HE",
        "To:",
        "12.40",
    ]
)
fractions = st.integers(0, 1000).map(lambda number: number / 1000)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    x, y = draw(fractions) * 0.95, draw(fractions) * 0.97
    size = draw(st.sampled_from([6.0, 9.0, 10.0, 10.5, 14.0, 30.0]))
    texts = draw(st.lists(TEXTS, min_size=1, max_size=8))
    words: list[Word] = []
    for text in texts:
        width = len(text) * size * 0.5 / WIDTH
        box = BBox.clamped(x, y, x + width, y + size / HEIGHT)
        words.append(Word(text, box, None, draw(st.sampled_from(Origin))))
        x += width + draw(st.sampled_from([0.2, 0.3, 2.0])) * size / WIDTH
    return Line(
        tuple(words),
        enclosing([word.bbox for word in words]),
        draw(st.sampled_from([size, None])),
        bold=draw(st.sampled_from([True, False, None])),
        monospace=draw(st.sampled_from([True, False, None])),
    )


@st.composite
def regions(draw: st.DrawFn) -> Region:
    edges = [draw(fractions) for _ in range(4)]
    return Region("image", BBox.clamped(*edges))


read_pages = st.builds(
    ReadPage,
    number=st.integers(1, 99),
    width_pt=st.just(WIDTH),
    height_pt=st.just(HEIGHT),
    lines=st.lists(lines(), max_size=30).map(tuple),
    regions=st.lists(regions(), max_size=3).map(tuple),
)
