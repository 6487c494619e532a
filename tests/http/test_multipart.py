"""Forms: however the body is cut, the same comes out; whatever is broken is refused whole."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.domain.errors import InvalidRequest, OctavoError, UnsupportedMediaType
from octavo.http.multipart import MAX_FIELD_BYTES, MAX_PARTS, Form

BOUNDARY = "b0und"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"

Read = tuple[dict[str, list[str]], str | None, bytes | None]


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    named = f'; filename="{filename}"' if filename is not None else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


async def read(chunks: list[bytes], content_type: str = CONTENT_TYPE) -> Read:
    async def body() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    form = Form(content_type, body())
    content = None
    if await form.find_file():
        content = b"".join([chunk async for chunk in form.content()])
    return form.fields, form.filename, content


def outcome(chunks: list[bytes]) -> Read | tuple[type[OctavoError], str]:
    try:
        return asyncio.run(read(chunks))
    except OctavoError as error:
        return type(error), error.summary


def cut(body: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(body) + 1) for place in places), len(body)]
    return [body[a:b] for a, b in pairwise(edges)]


CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.lists(
        st.sampled_from([b"\r\n", b"\r", b"\n", b"--", b"\r\n--", b"\r\n--b0un", b"--b0und", b"x"]),
        max_size=12,
    ).map(b"".join),
)


@given(
    before=st.lists(st.text(max_size=20), max_size=3),
    content=CONTENTS,
    after=st.lists(st.text(max_size=20), max_size=3),
    places=st.lists(st.integers(0, 10_000), max_size=12),
)
def test_any_cutting_of_the_body_gives_the_same_form(
    before: list[str], content: bytes, after: list[str], places: list[int]
) -> None:
    fields = [part("note", text.encode(errors="replace")) for text in before]
    rest = [part("note", text.encode(errors="replace")) for text in after]
    body = b"".join([*fields, part("file", content, "a.pdf"), *rest, END])

    whole = outcome([body])

    assert outcome(cut(body, places)) == whole
    if b"\r\n--b0und" not in content and not content.startswith(b"--b0und"):
        assert isinstance(whole[0], dict)
        assert whole[2] == content


@given(content=CONTENTS, length=st.integers(0, 400))
def test_a_body_that_breaks_off_is_never_taken_for_a_whole_one(content: bytes, length: int) -> None:
    body = part("file", content, "a.pdf") + part("note", b"x") + END
    whole = len(body) - len(b"\r\n")
    found = outcome([body[: min(length, whole - 1)]])

    assert found[0] is InvalidRequest or b"--b0und" in content


def test_one_byte_at_a_time_is_as_good_as_all_at_once() -> None:
    body = part("a", b"1") + part("file", b"\r\n--b0un\r\n", "x") + part("b", "ü".encode()) + END

    assert outcome([bytes([byte]) for byte in body]) == ({"a": ["1"], "b": ["ü"]}, "x", b"\r\n--b0un\r\n")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (part("file", b"x", "a") + part("file", b"y", "b") + END, "one file"),
        (part("other", b"x", "a") + END, "'file'"),
        (part("note", b"x" * (MAX_FIELD_BYTES + 1)) + END, "too large"),
        (b"".join(part(f"n{n}", b"x" * MAX_FIELD_BYTES) for n in range(5)) + END, "too large"),
        (b"".join(part("n", b"") for _ in range(MAX_PARTS + 1)) + END, "parts"),
        (part("note", b"\xff\xfe") + END, "UTF-8"),
        (part("n" * 10_000, b"x") + END, "headers"),
        (b"no form at all", "broken"),
        (b"", "broken"),
        (part("file", b"x", "a") + b"--b0undXX", "broken"),
        (f"--{BOUNDARY}\r\nContent-Type: text/plain\r\n\r\nx\r\n".encode() + END, "broken"),
    ],
)
def test_a_wrong_form_is_refused(body: bytes, words: str) -> None:
    found = outcome([body])

    assert found[0] is InvalidRequest
    assert words in str(found[1])


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        ("text/plain", UnsupportedMediaType),
        ("", UnsupportedMediaType),
        ("multipart/form-data", InvalidRequest),
        ("multipart/form-data; boundary=", InvalidRequest),
        (f"multipart/form-data; boundary={'b' * 201}", InvalidRequest),
        ('multipart/form-data; boundary="ü"', InvalidRequest),
        ('multipart/form-data; boundary="a\nb"', InvalidRequest),
    ],
)
async def test_what_is_no_form_is_refused(content_type: str, kind: type[OctavoError]) -> None:
    with pytest.raises(OctavoError) as caught:
        await read([END], content_type)

    assert type(caught.value) is kind


async def test_the_file_is_passed_on_as_it_comes() -> None:
    """No chunk is held back: what was sent was seen, before more is read."""
    seen: list[bytes] = []

    async def body() -> AsyncIterator[bytes]:
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'.encode()
        for number in range(50):
            yield b"x" * 1000
            assert len(b"".join(seen)) == (number + 1) * 1000
        yield b"\r\n" + END

    form = Form(CONTENT_TYPE, body())
    assert await form.find_file()
    async for chunk in form.content():
        seen.append(chunk)  # noqa: PERF401 -- each chunk must be seen as it comes

    assert len(b"".join(seen)) == 50_000
