"""The fields of an identity document come from its zone, with proof and places."""

from octavo.domain.document import Block, BlockType, Line, Origin, Page, TextSource, Word
from octavo.domain.field import Field, Fields
from octavo.domain.geometry import BBox
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.extract import find_fields
from octavo.pipeline.fields.readers.check_digits import mrz_digit

ZONE = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


def page_of(*texts: str) -> Page:
    lines = []
    for row, text in enumerate(texts):
        y, words, x = 0.1 + 0.05 * row, [], 0.05
        for part in text.split():
            words.append(Word(part, BBox(x, y, x + 0.018 * len(part), y + 0.02), 0.95, Origin.OCR))
            x += 0.018 * (len(part) + 1)
        lines.append(Line(tuple(words), BBox(0.05, y, x, y + 0.02)))
    block = Block(
        "blk_1",
        BlockType.PARAGRAPH,
        1,
        BBox(0.05, 0.1, 0.9, 0.5),
        0,
        "\n".join(texts),
        TextSource.INFERRED,
        0.95,
        verified=False,
        lines=tuple(lines),
    )
    return Page(1, 354.0, 249.0, (block,))


def fields_of(*texts: str) -> Fields:
    return find_fields([page_of(*texts)], FieldOrder(document_type="identity_document"))


def field(fields: Fields, path: str) -> Field:
    found = fields.field(path)
    assert found is not None
    return found


def test_the_zone_gives_all_fields_with_proof() -> None:
    fields = fields_of("UTOPIA", *ZONE)

    assert field(fields, "document_number").value == "L898902C3"
    assert field(fields, "document_number").checks == ("check_digit",)
    assert field(fields, "date_of_birth").value == "1974-08-12"
    assert field(fields, "mrz_lines.1").value == ZONE[1]
    assert all(check.passed for check in fields.checks)


def test_names_are_verified_only_where_the_page_prints_them_too() -> None:
    alone = fields_of(*ZONE)
    printed = fields_of("Surname", "ERIKSSON", *ZONE)

    assert not field(alone, "surname").verified
    assert field(printed, "surname").verified
    assert field(printed, "surname").checks == ("printed",)


def test_each_field_says_where_its_line_stands() -> None:
    fields = fields_of("UTOPIA", *ZONE)

    assert all(one.places and one.places[0].bbox is not None for one in fields.found)
    assert field(fields, "document_number").raw_text == ZONE[1]


def test_letters_read_for_digits_are_put_right() -> None:
    misread = (ZONE[0].replace("UTOERIKSSON", "UT0ERIK550N"), ZONE[1].replace("UTO7408122", "UT074O8I22"))

    fields = fields_of(*misread)

    assert [field(fields, f"mrz_lines.{number}").value for number in (0, 1)] == list(ZONE)


def test_a_wrong_check_digit_is_told() -> None:
    fields = fields_of(ZONE[0], ZONE[1].replace("7408122F", "7408123F"))

    failed = [check for check in fields.checks if not check.passed]
    assert {path for check in failed for path in check.paths} >= {"date_of_birth"}
    assert not field(fields, "date_of_birth").verified


def test_a_page_without_a_zone_has_no_fields() -> None:
    assert fields_of("PASSPORT", "Surname ERIKSSON").found == ()


def test_a_line_of_names_is_verified_only_where_the_page_prints_the_names() -> None:
    alone = fields_of(*ZONE)
    printed = fields_of("Surname", "ERIKSSON", "Given names", "ANNA MARIA", *ZONE)

    assert not field(alone, "mrz_lines.0").verified
    assert field(alone, "mrz_lines.1").verified
    assert field(printed, "mrz_lines.0").checks == ("printed",)


def test_a_number_is_not_proven_where_noughts_for_letters_o_would_do_as_well() -> None:
    number = "07Q3B7506"
    assert mrz_digit(number) == mrz_digit("O7Q3B75O6")
    stem = f"{number}{mrz_digit(number)}UTO7408122F1204159ZE184226B<<<<<1"
    line = stem + mrz_digit(stem[:10] + stem[13:20] + stem[21:43])

    fields = fields_of(ZONE[0], line)

    assert field(fields, "document_number").value == number
    assert not field(fields, "document_number").verified
    assert not field(fields, "mrz_lines.1").verified
