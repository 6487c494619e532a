"""What scans do to the cells of a statement, and what the columns and balances make good."""

import pytest

from octavo.domain.document import Block, BlockType, Line, Origin, Page, TextSource, Word
from octavo.domain.field import Fields, Scalar
from octavo.domain.geometry import BBox, enclosing
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.extract import find_fields

Row = tuple[tuple[float, str], ...]
HEADS: Row = ((0.08, "Datum"), (0.15, "Valuta"), (0.3, "Verwendungszweck"), (0.65, "Betrag"), (0.85, "Saldo"))


def page_of(*rows: Row) -> Page:
    """Cells by where they begin."""
    lines = []
    for number, row in enumerate(rows):
        y = 0.1 + 0.02 * number
        words = tuple(
            Word(text, BBox(x, y, x + 0.009 * len(text), y + 0.01), 0.95, Origin.OCR) for x, text in row
        )
        lines += [Line((word,), word.bbox) for word in words]
    box = enclosing([line.bbox for line in lines])
    text = "\n".join(line.text for line in lines)
    block = Block(
        "blk_1", BlockType.PARAGRAPH, 1, box, 0, text, TextSource.INFERRED, 0.95, verified=False, lines=tuple(lines)
    )  # fmt: skip
    return Page(1, 595.0, 842.0, (block,))


def fields_of(*rows: Row) -> Fields:
    return find_fields([page_of(*rows)], FieldOrder(document_type="bank_statement"))


def values(fields: Fields, name: str) -> list[Scalar]:
    return [
        field.value
        for field in fields.found
        if field.path.startswith("transactions") and field.path.endswith(f".{name}")
    ]


PERIOD: Row = ((0.08, "Zeitraum"), (0.3, "01.02.2024"), (0.42, "bis"), (0.47, "29.02.2024"))


@pytest.mark.parametrize("joined", ["03.02.05.02.", "03.0205.02", "03.02.202405.02.2024", "03.02.2405.02.24"])
def test_two_dates_read_as_one_word_are_parted(joined: str) -> None:
    fields = fields_of(
        PERIOD,
        HEADS,
        ((0.08, joined), (0.3, "Miete"), (0.65, "-100,00"), (0.85, "900,00")),
        ((0.08, "07.02."), (0.15, "08.02."), (0.3, "Gehalt"), (0.65, "50,00"), (0.85, "950,00")),
    )

    assert values(fields, "date") == ["2024-02-03", "2024-02-07"]
    assert values(fields, "value_date") == ["2024-02-05", "2024-02-08"]


def test_columns_without_heads_are_told_by_the_balances() -> None:
    fields = fields_of(
        ((0.08, "Alter Kontostand"), (0.5, "Neuer Kontostand")),
        ((0.08, "1.000,00"), (0.5, "2.110,00")),
        ((0.08, "03.02.2024"), (0.3, "Miete"), (0.6, "100,00"), (0.85, "900,00")),
        ((0.08, "04.02.2024"), (0.3, "Gehalt"), (0.735, "1.250,00"), (0.832, "2.150,00")),
        ((0.08, "05.02.2024"), (0.3, "Strom"), (0.609, "50,00"), (0.832, "2.100,00")),
        ((0.08, "06.02.2024"), (0.3, "Zinsen"), (0.762, "10,00"), (0.832, "2.110,00")),
    )

    assert values(fields, "amount") == [-100.0, 1250.0, -50.0, 10.0]
    assert values(fields, "balance") == [900.0, 2150.0, 2100.0, 2110.0]
    opening = fields.field("opening_balance")
    assert opening is not None
    assert (opening.value, opening.verified) == (1000.0, True)


def test_a_mark_in_a_column_of_its_own_gives_the_sign() -> None:
    fields = fields_of(
        ((0.08, "Datum"), (0.3, "Omschrijving"), (0.6, "Af/Bij"), (0.8, "Bedrag")),
        ((0.08, "03-02-2024"), (0.3, "Huur"), (0.6, "Af"), (0.8, "100,00")),
        ((0.08, "04-02-2024"), (0.3, "Salaris"), (0.6, "Bij"), (0.8, "250,00")),
    )

    assert values(fields, "amount") == [-100.0, 250.0]
    assert values(fields, "description") == ["Huur", "Salaris"]


def test_amounts_without_decimals_are_read_where_the_currency_has_none() -> None:
    fields = fields_of(
        ((0.08, "Date"), (0.3, "Description"), (0.6, "Withdrawals"), (0.75, "Deposits"), (0.88, "Balance")),
        ((0.08, "2024-02-03"), (0.3, "Rent"), (0.62, "80,000"), (0.87, "920,000")),
        ((0.08, "2024-02-04"), (0.3, "Salary"), (0.75, "300,000"), (0.86, "1,220,000")),
        ((0.08, "2024-02-05"), (0.3, "Fee"), (0.66, "500"), (0.86, "1,219,500")),
    )

    assert values(fields, "amount") == [-80000.0, 300000.0, -500.0]
    assert values(fields, "balance") == [920000.0, 1220000.0, 1219500.0]


def at(y: float, *cells: tuple[float, str]) -> list[Line]:
    """Words beginning at their x on a line whose middle is `y`."""
    lines = []
    for x, text in cells:
        words, left = [], x
        for said in text.split():
            words.append(
                Word(said, BBox(left, y - 0.008, left + 0.009 * len(said), y + 0.008), 1.0, Origin.TEXT_LAYER)
            )
            left = words[-1].bbox.x1 + 0.004
        lines.append(Line(tuple(words), enclosing([word.bbox for word in words])))
    return lines


def fields_at(*lines: list[Line]) -> Fields:
    flat = tuple(line for some in lines for line in some)
    block = Block(
        "blk_1", BlockType.PARAGRAPH, 1, enclosing([line.bbox for line in flat]), 0, "words", TextSource.VERIFIED, 1.0, verified=True, lines=flat
    )  # fmt: skip
    return find_fields([Page(1, 595.0, 842.0, (block,))], FieldOrder(document_type="bank_statement"))


UK_HEADS = ((0.1, "Date"), (0.18, "Description"), (0.6, "Money out"), (0.72, "Money in"), (0.85, "Balance"))


def test_cells_that_stand_in_the_middle_of_their_row_are_read_whole() -> None:
    fields = fields_at(
        at(0.1, (0.1, "1 May 2025 to 31 May 2025")),
        at(0.2, *UK_HEADS),
        at(0.23, (0.1, "2 May"), (0.18, "WATER"), (0.6, "38.42")),
        at(0.2555, (0.18, "CARD PAYMENT TO LIDL")),
        at(0.264, (0.6, "52.00"), (0.85, "1,113.75")),
        at(0.2725, (0.18, "ON 01 MAY")),
        at(0.2955, (0.1, "15")),
        at(0.304, (0.18, "SALARY"), (0.72, "2,681.00"), (0.85, "3,794.75")),
        at(0.3125, (0.1, "May")),
    )

    assert values(fields, "date") == ["2025-05-02", "2025-05-02", "2025-05-15"]
    assert values(fields, "description") == ["WATER", "CARD PAYMENT TO LIDL ON 01 MAY", "SALARY"]
    assert values(fields, "amount") == [-38.42, -52.0, 2681.0]


def test_a_line_of_words_belongs_to_the_booking_it_stands_nearer_to() -> None:
    fields = fields_at(
        at(
            0.2,
            (0.1, "Date"),
            (0.25, "Description"),
            (0.6, "Money out"),
            (0.72, "Money in"),
            (0.85, "Balance"),
        ),
        at(0.25, (0.1, "02/05/2025"), (0.25, "WATER"), (0.6, "38.42"), (0.85, "100.00")),
        at(0.29, (0.25, "CARD PAYMENT TO")),
        at(0.307, (0.1, "05/05/2025"), (0.25, "LIDL GB EDINBURGH"), (0.6, "10.00"), (0.85, "90.00")),
        at(0.324, (0.25, "ON 01 MAY")),
        at(0.364, (0.1, "06/05/2025"), (0.25, "RENT"), (0.6, "80.00"), (0.85, "10.00")),
    )

    assert values(fields, "description") == ["WATER", "CARD PAYMENT TO LIDL GB EDINBURGH ON 01 MAY", "RENT"]


def test_balances_with_their_dates_open_and_close_and_place_days_without_a_year() -> None:
    fields = fields_at(
        at(0.1, (0.1, "Stadtsparkasse Lippborn")),
        at(0.2, (0.1, "Buchung"), (0.23, "Wert"), (0.32, "Vorgang / Erläuterung"), (0.79, "Betrag EUR")),
        at(0.23, (0.1, "Kontostand am 28.03.2025, Auszug Nr. 3"), (0.8, "2.318,44 +")),
        at(0.26, (0.1, "01.04."), (0.23, "01.04."), (0.32, "Miete"), (0.8, "685,00 -")),
        at(0.29, (0.1, "03.04."), (0.23, "03.04."), (0.32, "Gehalt"), (0.8, "2.904,17 +")),
        at(0.32, (0.1, "Kontostand am 30.04.2025 um 20:05 Uhr"), (0.8, "4.537,61 +")),
    )
    said = {
        name: field and (field.value, field.verified)
        for name in ("opening_balance", "closing_balance")
        for field in [fields.field(name)]
    }

    assert values(fields, "date") == ["2025-04-01", "2025-04-03"]
    assert said == {"opening_balance": (2318.44, True), "closing_balance": (4537.61, True)}


def test_words_to_the_left_of_their_centred_head_are_the_description() -> None:
    fields = fields_at(
        at(0.1, (0.1, "du 01/02/2025 au 28/02/2025")),
        at(0.2, (0.11, "Date"), (0.37, "Libellé"), (0.65, "Valeur"), (0.74, "Débit"), (0.83, "Crédit")),
        at(0.23, (0.1, "03/02"), (0.17, "PRLV SEPA EDF"), (0.65, "03/02"), (0.75, "87,45")),
        at(0.26, (0.1, "05/02"), (0.17, "SALAIRE"), (0.65, "05/02"), (0.83, "988,00")),
        at(0.29, (0.17, "TOTAL DES OPERATIONS"), (0.75, "87,45"), (0.83, "988,00")),
    )
    totals = [
        field and (field.value, field.verified)
        for field in (fields.field("total_debits"), fields.field("total_credits"))
    ]

    assert values(fields, "description") == ["PRLV SEPA EDF", "SALAIRE"]
    assert totals == [(87.45, True), (988.0, True)]
