"""Hypothesis strategies for documents as they can be stored: numbers of at most 5 digits."""

from hypothesis import strategies as st
from tests.exporters.bodies_by_type import bodies_of, texts

from octavo.domain.document import (
    Block,
    BlockType,
    EngineIdentity,
    Extraction,
    Line,
    Origin,
    Page,
    PageFailure,
    PageQuality,
    Picture,
    Source,
    TextSource,
    Word,
)
from octavo.domain.geometry import BBox, Rotation, UprightTransform
from octavo.domain.looks import Area, Look
from octavo.exporters.header_json import DocumentHeader
from octavo.exporters.page_json import BLOCK_KEYS


def _as_rotation(number: int) -> Rotation:
    known: dict[int, Rotation] = {0: 0, 90: 90, 180: 180, 270: 270}
    return known[number]


shares = st.integers(0, 100_000).map(lambda number: number / 100_000)
points = st.integers(100, 20_000_000).map(lambda number: round(number / 100_000, 5))
flags = st.none() | st.booleans()
boxes = st.builds(BBox.clamped, shares, shares, shares, shares)
colors = st.integers(0, 2**24 - 1).map(lambda number: f"#{number:06x}")
looks = st.builds(
    Look,
    st.none() | st.sampled_from(["Calibri", "Times New Roman", "Fonts & <Co>"]),
    st.none() | points,
    flags,
    flags,
    st.none() | colors,
)
areas = st.lists(st.builds(Area, boxes, colors), max_size=2).map(tuple)
words = st.builds(Word, texts, boxes, st.none() | shares, st.sampled_from(Origin), st.none() | looks)
lines = st.builds(
    Line,
    st.lists(words, max_size=3).map(tuple),
    boxes,
    font_size=st.none() | points,
    bold=flags,
    italic=flags,
    monospace=flags,
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts | shares,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
free_bodies = st.dictionaries(texts.filter(lambda key: key not in BLOCK_KEYS), json_values, max_size=2)
block_ids = st.integers(0, 16**12 - 1).map(lambda number: f"blk_{number:012x}")


@st.composite
def blocks_of(draw: st.DrawFn, page: int, names: list[str]) -> Block:
    """A block with a body of its type; where there are pictures, some blocks name one."""
    kind = draw(st.sampled_from(BlockType))
    return Block(
        id=draw(block_ids),
        type=kind,
        page=page,
        bbox=draw(st.none() | boxes),
        reading_order_index=draw(st.integers(0, 999)),
        text=draw(texts),
        text_source=draw(st.sampled_from(TextSource)),
        confidence=draw(st.none() | shares),
        verified=draw(st.booleans()),
        lines=tuple(draw(st.lists(lines, max_size=2))),
        level=draw(st.none() | st.integers(1, 6)),
        role=draw(st.none() | texts),
        body=draw(bodies_of(kind, names)),
    )


rotations = st.sampled_from([0, 90, 180, 270]).map(_as_rotation)
transforms = st.builds(
    UprightTransform,
    rotations,
    st.integers(-150_000, 150_000).map(lambda number: round(number / 10_000, 5)),
    points,
    points,
)


@st.composite
def _pages(draw: st.DrawFn) -> Page:
    number = draw(st.integers(1, 9999))
    contents = draw(st.lists(st.binary(max_size=20), max_size=2, unique=True))
    pictures = tuple(Picture.of(number, "image/png", content, 3, 2) for content in contents)
    names = [picture.name for picture in pictures]
    return Page(
        number=number,
        width_pt=draw(points),
        height_pt=draw(points),
        blocks=tuple(draw(st.lists(blocks_of(number, names), max_size=3))),
        transform=draw(transforms),
        quality=draw(st.sampled_from(PageQuality)),
        engine=draw(st.none() | texts),
        language=draw(st.none() | st.sampled_from(["en", "de-AT", "zh-Hant"])),
        notes=tuple(draw(st.lists(texts, max_size=2))),
        duration_ms=draw(st.integers(0, 10**6)),
        name=draw(st.none() | texts),
        pictures=pictures,
        areas=draw(areas),
    )


pages = _pages()
page_lists = st.lists(pages, max_size=3, unique_by=lambda page: page.number).map(
    lambda found: sorted(found, key=lambda page: page.number)
)
hashes = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")
sources = st.builds(Source, st.none() | texts, texts, st.integers(0, 2**40), hashes, st.integers(0, 10_000))
failures = st.builds(PageFailure, st.integers(1, 9999), texts, texts, st.integers(1, 9))
extractions = st.builds(
    Extraction,
    engine=st.builds(EngineIdentity, texts, texts, hashes.map(lambda digest: "sha256:" + digest)),
    profile=st.sampled_from(["fast", "standard", "advanced"]),
    duration_ms=st.integers(0, 10**9),
    faithfulness_score=st.none() | shares,
    mean_confidence=st.none() | shares,
    per_page_failures=st.lists(failures, max_size=2).map(tuple),
)
headers = st.builds(DocumentHeader, sources, extractions, st.dictionaries(texts, json_values, max_size=2))
