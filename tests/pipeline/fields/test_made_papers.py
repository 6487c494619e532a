"""Cargo papers and contracts, in any place and layout that the generators know: their fields come back."""

from pathlib import Path

import pytest
from benchmarks.accuracy.fields.generated.cargo_papers import KINDS, STYLES, make_cargo_paper
from benchmarks.accuracy.fields.generated.contracts import make_contract
from tests.pipeline.fields.made_pages import flat, missed, pages_of

from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.extract import find_fields

TAGS = ["en-GB", "de-DE", "fr-FR", "es-ES", "it-IT", "pt-PT", "nl-NL"]
LEAST = 0.95
"""Of the values of one document."""


@pytest.mark.parametrize(("kind", "place"), [(kind, place) for place, kind in enumerate(KINDS)])
@pytest.mark.parametrize("style", STYLES[:2])
def test_the_fields_of_a_cargo_paper_come_back(kind: str, place: int, style: str, tmp_path: Path) -> None:
    tag = TAGS[(place + STYLES.index(style)) % len(TAGS)]
    made = make_cargo_paper(600 + place, kind=kind, tag=tag, style=style)

    fields = find_fields(pages_of(made.pdf, tmp_path), FieldOrder(document_type=kind))

    wrong = missed(made.fields, list(fields.found))
    assert 1 - len(wrong) / len(flat(made.fields)) >= LEAST, wrong


@pytest.mark.parametrize("tag", TAGS)
def test_the_fields_of_a_contract_come_back(tag: str, tmp_path: Path) -> None:
    made = make_contract(700, tag=tag, style="clauses")

    fields = find_fields(pages_of(made.pdf, tmp_path), FieldOrder(document_type="contract"))

    wrong = missed(made.fields, list(fields.found))
    assert 1 - len(wrong) / len(flat(made.fields)) >= LEAST, wrong


def test_container_numbers_are_verified_by_their_check_digit(tmp_path: Path) -> None:
    made = make_cargo_paper(610, kind="bill_of_lading", tag="en-GB", style="boxes")

    fields = find_fields(pages_of(made.pdf, tmp_path), FieldOrder(document_type="bill_of_lading"))

    numbers = [
        field
        for field in fields.found
        if field.path.startswith("containers.") and field.path.endswith(".number")
    ]
    assert numbers
    assert all(field.verified and field.checks == ("check_digit",) for field in numbers)
