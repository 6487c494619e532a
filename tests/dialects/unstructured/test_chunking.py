"""The rules of chunks, one by one, and what holds for any elements and any lengths."""

import base64
import json
import zlib
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from octavo.dialects.unstructured.chunking import Chunker, Chunking

BASIC = Chunking(
    by_title=False,
    most=100,
    enough=100,
    combine_under=0,
    across_pages=True,
    overlap=0,
    overlap_all=False,
    with_originals=False,
)
BY_TITLE = replace(BASIC, by_title=True)


def element(text: str, type_: str = "NarrativeText", page: int = 1, **metadata: Any) -> dict[str, Any]:
    told = {"filename": "a.pdf", "page_number": page, "parent_id": "p", **metadata}
    return {"type": type_, "element_id": f"id-{text[:9]}", "text": text, "metadata": told}


def chunks(elements: list[dict[str, Any]], wanted: Chunking) -> list[dict[str, Any]]:
    chunker = Chunker(wanted, unique_ids=False)
    found = [chunk for element in elements for chunk in chunker.take(element)]
    return [*found, *chunker.end()]


def texts(elements: list[dict[str, Any]], wanted: Chunking) -> list[str]:
    return [chunk["text"] for chunk in chunks(elements, wanted)]


def table(rows: int) -> dict[str, Any]:
    head = "<thead><tr><th>Name</th><th>Sum</th></tr></thead>"
    body = "".join(f"<tr><td>row {at}</td><td>{at}</td></tr>" for at in range(rows))
    text = "Name Sum " + " ".join(f"row {at} {at}" for at in range(rows))
    html = f"<table>{head}<tbody>{body}</tbody></table>"
    return element(text, "Table", text_as_html=html)


def test_elements_are_joined_while_they_fit() -> None:
    assert texts([element("a" * 40), element("b" * 40), element("c" * 40)], BASIC) == [
        "a" * 40 + "\n\n" + "b" * 40,
        "c" * 40,
    ]


def test_a_chunk_that_is_long_enough_takes_no_more() -> None:
    wanted = replace(BASIC, enough=5)
    assert texts([element("a" * 6), element("b"), element("c")], wanted) == ["a" * 6, "b\n\nc"]


def test_a_title_begins_a_chunk_by_title_alone() -> None:
    found = [element("text"), element("Heading", "Title"), element("more")]

    assert texts(found, BASIC) == ["text\n\nHeading\n\nmore"]
    assert texts(found, BY_TITLE) == ["text", "Heading\n\nmore"]
    assert texts(found, replace(BY_TITLE, combine_under=100)) == ["text\n\nHeading\n\nmore"]


def test_pages_are_kept_apart_where_that_is_asked_for() -> None:
    found = [element("one"), element("two", page=2), element("two more", page=2)]

    assert texts(found, replace(BY_TITLE, across_pages=False)) == ["one", "two\n\ntwo more"]


def test_a_long_text_is_cut_at_a_space_and_says_that_it_goes_on() -> None:
    wanted = replace(BASIC, most=20, enough=20)
    found = chunks([element("the quick brown fox jumps over the lazy dog")], wanted)

    assert [chunk["text"] for chunk in found] == ["the quick brown fox", "jumps over the lazy", "dog"]
    assert [chunk["metadata"].get("is_continuation") for chunk in found] == [None, True, True]


def test_an_overlap_is_said_again_in_the_next_part() -> None:
    wanted = replace(BASIC, most=20, enough=20, overlap=6)
    assert texts([element("the quick brown fox jumps over")], wanted)[1].startswith("n fox jumps")
    between = replace(BASIC, most=30, enough=30, overlap=4, overlap_all=True)
    assert texts([element("a" * 24 + "tail"), element("b" * 20)], between)[1] == "tail\n\n" + "b" * 20


def test_a_table_stands_alone_and_is_parted_between_its_rows_with_its_head() -> None:
    small, large = table(1), table(9)

    assert [
        chunk["type"] for chunk in chunks([element("a"), small, element("b")], replace(BASIC, most=150))
    ] == [
        "CompositeElement",
        "Table",
        "CompositeElement",
    ]
    parts = chunks([large], replace(BASIC, most=150, enough=150))
    assert {part["type"] for part in parts} == {"TableChunk"}
    assert len({part["metadata"]["table_id"] for part in parts}) == 1
    assert [part["metadata"]["chunk_index"] for part in parts] == list(range(len(parts)))
    assert all(len(part["metadata"]["text_as_html"]) <= 150 for part in parts)
    assert all(part["text"].startswith("Name Sum") for part in parts)
    assert [part["metadata"]["num_carried_over_header_rows"] for part in parts] == [0] + [1] * (
        len(parts) - 1
    )


def test_what_a_chunk_was_made_of_can_be_unpacked() -> None:
    found = [element("a", languages=["deu"]), element("b", languages=["eng"], page=2)]
    chunk = chunks(found, replace(BASIC, with_originals=True))[0]

    assert json.loads(zlib.decompress(base64.b64decode(chunk["metadata"]["orig_elements"]))) == found
    assert chunk["metadata"]["languages"] == ["deu", "eng"]
    assert chunk["metadata"]["page_number"] == 1
    assert "parent_id" not in chunk["metadata"]


WORDS = st.text(st.sampled_from("ab é\n"), max_size=60)
ELEMENTS = st.lists(
    st.builds(element, WORDS, st.sampled_from(["Title", "NarrativeText", "Table"]), st.integers(1, 3))
)


@given(ELEMENTS, st.integers(1, 40), st.integers(0, 40), st.booleans(), st.booleans())
def test_no_chunk_is_too_long_and_no_word_is_lost(
    found: list[dict[str, Any]], most: int, combined: int, by_title: bool, across: bool
) -> None:
    wanted = replace(
        BASIC,
        by_title=by_title,
        most=most,
        enough=most,
        combine_under=min(most, combined),
        across_pages=across,
    )
    given_out = texts(found, wanted)

    assert all(0 < len(text) <= most for text in given_out)
    assert "".join("".join(given_out).split()) == "".join("".join(part["text"] for part in found).split())


@given(ELEMENTS, st.integers(2, 40), st.integers(0, 39), st.booleans())
def test_with_an_overlap_every_chunk_still_fits(
    found: list[dict[str, Any]], most: int, overlap: int, everywhere: bool
) -> None:
    wanted = replace(BASIC, most=most, enough=most, overlap=min(overlap, most - 1), overlap_all=everywhere)

    assert all(len(text) <= most for text in texts(found, wanted))
