from tests.pipeline.fields.papers import Text, flowing, page_of

from octavo.domain.field import Fields, nest
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.extract import extract_fields

ANY = FieldOrder(document_type="generic")


def pairs(fields: Fields) -> list[tuple[str, str]]:
    tree = nest((field.path, field.value) for field in fields.found)
    return [(entry["key"], entry["value"]) for entry in tree.get("key_values", [])]


def read(*texts: Text) -> list[tuple[str, str]]:
    return pairs(extract_fields([page_of(texts)], ANY))


def test_pairs_with_a_colon_are_told_in_order() -> None:
    assert read((60, 60, "Name: Ann Lee"), (60, 80, "Room:"), (200, 80, "12 B")) == [
        ("Name", "Ann Lee"),
        ("Room", "12 B"),
    ]


def test_two_pairs_of_one_row_are_told_apart() -> None:
    assert read((60, 60, "Weight: 12 kg"), (300, 60, "Height: 3 m")) == [
        ("Weight", "12 kg"),
        ("Height", "3 m"),
    ]


def test_two_columns_without_a_colon_are_pairs_where_the_right_one_is_a_value() -> None:
    assert read((60, 60, "Serial number"), (300, 60, "X-77")) == [("Serial number", "X-77")]
    assert read((60, 60, "Once upon"), (300, 60, "a time there")) == []


def test_text_without_layout_has_pairs_too() -> None:
    fields = extract_fields([flowing("Name: Ann Lee\nRoom:  12 B")], ANY)

    assert pairs(fields) == [("Name", "Ann Lee"), ("Room", "12 B")]
    assert all(place.bbox is None for field in fields.found for place in field.places)
