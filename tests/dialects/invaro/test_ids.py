"""Ids that look like the vendor's and can be read back."""

from uuid import UUID

import pytest

from octavo.dialects.invaro.ids import (
    Kind,
    batch_id,
    batch_id_from,
    document_id,
    document_id_from,
    from_uuid,
    job_id,
    job_id_from,
    schema_id,
    schema_id_from,
    to_digits,
    to_uuid,
)
from octavo.domain.errors import NotFound
from octavo.domain.ids import BatchId, FileId, JobId, TemplateId
from tests.http.world import World

EDGES = ("0" * 24, "f" * 24, "01a203b4c5d60123456789ab")


@pytest.mark.parametrize("id_", EDGES)
def test_a_uuid_of_version_4_carries_the_id_and_what_it_names(id_: str) -> None:
    for kind in Kind:
        text = to_uuid(kind, id_)
        assert UUID(text).version == 4
        assert UUID(text).variant == "specified in RFC 4122"
        assert from_uuid(kind, text) == id_
        assert from_uuid(kind, text.upper()) == id_


@pytest.mark.parametrize("id_", [EDGES[0], "0917" + "f" * 20, EDGES[2]])
def test_jobs_and_batches_are_digits_that_begin_with_the_millisecond(id_: str) -> None:
    text = job_id(JobId(id_))

    assert text.removeprefix("job_").isdigit()
    assert int(text[4:17]) == int(id_[:12], 16)
    assert job_id_from(text) == id_
    assert batch_id_from(batch_id(BatchId(id_))) == id_


def test_ids_of_one_moment_do_not_look_alike() -> None:
    first, second = (document_id(FileId(f"01a203b4c5d6{n:012x}")) for n in (1, 2))

    assert sum(a == b for a, b in zip(first, second, strict=True)) < 20


def test_what_we_never_gave_out_is_not_found() -> None:
    schema = schema_id(TemplateId(EDGES[2]))
    assert schema_id_from(schema) == EDGES[2]
    other = "9" if schema[0] != "9" else "8"
    for wrong in (schema, other + schema[1:], "", "x", "2f1c8e0a-6a51-4c0e-9a57-0b0d9f6d7c11"):
        with pytest.raises(NotFound):
            document_id_from(wrong)
    for wrong in (
        "job_1739261168870934041",
        "job_",
        "1",
        "batch_" + "0" * 28,
        "job_" + "9" * 28,
        "job_" + "²" * 28,
    ):
        with pytest.raises(NotFound):
            job_id_from(wrong)


def test_a_file_id_with_its_name_names_the_document(world: World) -> None:
    assert document_id_from(to_digits(EDGES[2]) + "_rent_nov.pdf") == EDGES[2]
