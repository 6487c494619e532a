"""Hypothesis strategies for documents as they can be stored: numbers of at most 5 digits."""

from hypothesis import strategies as st

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
    Source,
    TextSource,
    Word,
)
from octavo.domain.geometry import BBox, Rotation, UprightTransform
from octavo.exporters.header_json import DocumentHeader
from octavo.exporters.page_json import BLOCK_KEYS


def _as_rotation(number: int) -> Rotation:
    known: dict[int, Rotation] = {0: 0, 90: 90, 180: 180, 270: 270}
    return known[number]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
shares = st.integers(0, 100_000).map(lambda number: number / 100_000)
points = st.integers(100, 20_000_000).map(lambda number: round(number / 100_000, 5))
flags = st.none() | st.booleans()
boxes = st.builds(BBox.clamped, shares, shares, shares, shares)
words = st.builds(Word, texts, boxes, st.none() | shares, st.sampled_from(Origin))
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
bodies = st.dictionaries(texts.filter(lambda key: key not in BLOCK_KEYS), json_values, max_size=2)
blocks = st.builds(
    Block,
    id=st.integers(0, 16**12 - 1).map(lambda number: f"blk_{number:012x}"),
    type=st.sampled_from([kind for kind in BlockType if kind not in (BlockType.LIST, BlockType.TABLE)]),
    page=st.integers(1, 9999),
    bbox=boxes,
    reading_order_index=st.integers(0, 999),
    text=texts,
    text_source=st.sampled_from(TextSource),
    confidence=st.none() | shares,
    verified=st.booleans(),
    lines=st.lists(lines, max_size=2).map(tuple),
    level=st.none() | st.integers(1, 6),
    role=st.none() | texts,
    body=bodies,
)
rotations = st.sampled_from([0, 90, 180, 270]).map(_as_rotation)
transforms = st.builds(
    UprightTransform,
    rotations,
    st.integers(-150_000, 150_000).map(lambda number: round(number / 10_000, 5)),
    points,
    points,
)


pages = st.builds(
    Page,
    number=st.integers(1, 9999),
    width_pt=points,
    height_pt=points,
    blocks=st.lists(blocks, max_size=2).map(tuple),
    transform=transforms,
    quality=st.sampled_from(PageQuality),
    engine=st.none() | texts,
    language=st.none() | texts,
    notes=st.lists(texts, max_size=2).map(tuple),
    duration_ms=st.integers(0, 10**6),
)
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
