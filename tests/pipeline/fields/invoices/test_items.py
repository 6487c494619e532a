"""Line items from rows at places: headers in several lines, text over numbers, sums that are none."""

from decimal import Decimal

from tests.pipeline.fields.papers import Text, flowing, page_of, view

from octavo.pipeline.fields.items.entries import ItemRow
from octavo.pipeline.fields.items.find import find_items
from octavo.pipeline.fields.items.invoice_columns import INVOICE_COLUMNS
from octavo.pipeline.fields.items.numerals import amount_of
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.view import view_of

GERMAN = Locale("de", ",", ".")
ENGLISH = Locale("en", ".", ",", "mdy")
HEAD: list[Text] = [
    (40, 100, "Pos"),
    (80, 100, "Bezeichnung"),
    (300, 100, "Menge"),
    (380, 100, "Preis"),
    (480, 100, "Betrag"),
]


def line(y: float, position: str, text: str, quantity: str, price: str, amount: str) -> list[Text]:
    return [(40, y, position), (80, y, text), (305, y, quantity), (380, y, price), (480, y, amount)]


def said(rows: list[ItemRow]) -> list[tuple[str | None, Decimal | None, Decimal | None]]:
    return [(row.text("description"), row.number("quantity"), row.number("amount")) for row in rows]


def test_lines_are_read_below_their_header_down_to_the_sum() -> None:
    texts = [*HEAD, *line(120, "1", "Schraube", "10", "0,50", "5,00"), *line(140, "2", "Mutter", "2", "1,25", "2,50"),
             (380, 165, "Summe netto"), (480, 165, "7,50")]  # fmt: skip

    rows = find_items(view(*texts), INVOICE_COLUMNS, GERMAN)

    assert said(rows) == [("Schraube", Decimal(10), Decimal("5.00")), ("Mutter", Decimal(2), Decimal("2.50"))]


def test_a_second_line_belongs_to_the_description_and_a_labelled_one_does_not() -> None:
    texts = [
        *HEAD,
        *line(120, "1", "Schraube", "10", "0,50", "5,00"),
        (80, 132, "verzinkt"),
        (80, 144, "EAN: 4012345678901"),
    ]

    rows = find_items(view(*texts), INVOICE_COLUMNS, GERMAN)

    assert said(rows)[0][0] == "Schraube verzinkt"


def test_a_discount_on_its_own_row_is_no_line() -> None:
    texts = [*HEAD, *line(120, "1", "Schraube", "10", "0,50", "5,00"), (300, 134, "abzgl."), (380, 134, "10% Rabatt"), (480, 134, "-0,50"),
             *line(150, "2", "Mutter", "2", "1,25", "2,50")]  # fmt: skip

    rows = find_items(view(*texts), INVOICE_COLUMNS, GERMAN)

    assert len(rows) == 2
    assert rows[0].number("discount") == Decimal("0.50")


def test_lines_go_on_on_the_next_page_and_carried_sums_are_left_out() -> None:
    first = page_of(
        [*HEAD, *line(120, "1", "Schraube", "10", "0,50", "5,00"), (380, 160, "Übertrag"), (480, 160, "5,00")]
    )
    second = page_of(
        [
            (380, 60, "Übertrag"),
            (480, 60, "5,00"),
            *line(80, "2", "Mutter", "2", "1,25", "2,50"),
            (380, 110, "Gesamtbetrag"),
            (480, 110, "7,50"),
        ],
        number=2,
    )

    rows = find_items(view_of([first, second]), INVOICE_COLUMNS, GERMAN)

    assert [row.text("description") for row in rows] == ["Schraube", "Mutter"]
    assert [row.page for row in rows] == [1, 2]


def test_labels_on_two_rows_are_one_header() -> None:
    head: list[Text] = [
        (40, 88, "Item"),
        (300, 88, "Unit"),
        (40, 100, "description"),
        (230, 100, "Qty"),
        (300, 100, "price"),
        (400, 100, "Amount"),
    ]
    body: list[Text] = [(40, 120, "Oak shelf"), (232, 120, "3"), (300, 120, "$20.00"), (400, 120, "$60.00")]

    rows = find_items(view(*head, *body), INVOICE_COLUMNS, ENGLISH)

    assert said(rows) == [("Oak shelf", Decimal(3), Decimal("60.00"))]
    assert rows[0].number("unit_price") == Decimal("20.00")


def test_labels_that_touch_are_two_columns() -> None:
    head: list[Text] = [(40, 100, "Bezeichnung"), (230, 100, "Menge"), (300, 100, "RabattNettobetrag")]
    body: list[Text] = [(40, 120, "Mutter"), (235, 120, "2"), (300, 120, "5%"), (350, 120, "19,00")]

    rows = find_items(view(*head, *body), INVOICE_COLUMNS, GERMAN)

    assert said(rows) == [("Mutter", Decimal(2), Decimal("19.00"))]


def test_a_unit_beside_the_quantity_is_the_unit() -> None:
    rows = find_items(
        view(*HEAD, *line(120, "1", "Kies", "2,5 t", "40,00", "100,00")), INVOICE_COLUMNS, GERMAN
    )

    assert rows[0].number("quantity") == Decimal("2.5")
    assert rows[0].text("unit") == "t"


def test_without_a_header_rows_whose_numbers_multiply_are_lines() -> None:
    texts: list[Text] = [
        (40, 100, "Copper pipe"),
        (250, 100, "4"),
        (320, 100, "2.50"),
        (420, 100, "10.00"),
        (40, 130, "Copper pipe ordered"),
        (250, 130, "7"),
    ]

    rows = find_items(view(*texts), INVOICE_COLUMNS, ENGLISH)

    assert said(rows) == [("Copper pipe", Decimal(4), Decimal("10.00"))]


def test_a_source_without_layout_has_lines_too() -> None:
    page = flowing(
        "Description  Qty  Unit price  Amount\nOak shelf      3       20.00   60.00\nTotal                          60.00"
    )

    assert said(find_items(view_of([page]), INVOICE_COLUMNS, ENGLISH)) == [
        ("Oak shelf", Decimal(3), Decimal("60.00"))
    ]


def test_a_document_without_lines_has_none() -> None:
    assert (
        find_items(view((40, 100, "Dear Sir or Madam"), (40, 120, "Total 5 pages")), INVOICE_COLUMNS, ENGLISH)
        == []
    )


def test_numbers_of_cells_are_read_with_what_stands_around_them() -> None:
    cases = {
        "1.234,50 €": "1234.50",
        "€ 12,00": "12.00",
        "-5,00": "-5.00",
        "5,00-": "-5.00",
        "1 234,56": "1234.56",
        "20 Stk": "20",
        "EUR 3,20": "3.20",
    }

    assert {text: str(found.value) for text in cases if (found := amount_of(text, GERMAN))} == cases
    assert amount_of("12 x 1,0l PET", GERMAN) is None
    assert amount_of("GTIN: 4012345001235", GERMAN) is None


def test_a_table_that_goes_on_with_fewer_columns_keeps_the_lines_of_both_pages() -> None:
    first = [*HEAD, *line(120, "1", "Schraube", "10", "0,50", "5,00")]
    second: list[Text] = [
        (40, 100, "Bezeichnung"),
        (300, 100, "Menge"),
        (480, 100, "Betrag"),
        (40, 120, "Mutter"),
        (305, 120, "2"),
        (480, 120, "2,50"),
    ]

    rows = find_items(view_of([page_of(first), page_of(second, number=2)]), INVOICE_COLUMNS, GERMAN)

    assert said(rows) == [("Schraube", Decimal(10), Decimal("5.00")), ("Mutter", Decimal(2), Decimal("2.50"))]


def test_a_quantity_and_a_position_read_as_one_number_are_parted_where_the_amount_tells() -> None:
    rows = find_items(
        view(
            *[text for text in HEAD if text[2] != "Pos"],
            *line(120, "", "Schraube", "51", "0,50", "2,50")[1:],
            *line(140, "", "Mutter", "12", "1,25", "1,25")[1:],
            *line(160, "", "Dübel", "13", "1,00", "13,00")[1:],
            *line(180, "", "Haken", "100", "8,00", "8,00")[1:],
        ),
        INVOICE_COLUMNS,
        GERMAN,
    )

    assert [(row.number("quantity"), row.text("position")) for row in rows] == [
        (Decimal(5), "1"),
        (Decimal(1), "2"),
        (Decimal(13), None),
        (Decimal(100), None),
    ]


def test_a_second_line_stays_with_the_numbers_it_stands_nearer_to() -> None:
    texts = [*HEAD,
             (80, 114, "Team plan"), *line(119, "1", "", "9", "12,00", "108,00")[2:], (80, 124, "March to May"),
             *line(143, "2", "Storage", "2", "5,00", "10,00"), *line(163, "3", "Support", "1", "7,00", "7,00")]  # fmt: skip

    rows = find_items(view(*texts), INVOICE_COLUMNS, GERMAN)

    assert [row.text("description") for row in rows] == ["Team plan March to May", "Storage", "Support"]


def test_a_column_with_an_unknown_head_is_the_price_where_it_multiplies() -> None:
    texts = [*HEAD[:3], (380, 100, "Xyzzy"), HEAD[4],
             *line(120, "1", "Pão", "120", "1,850", "222,00"), *line(140, "2", "Queijada", "80", "0,950", "76,00")]  # fmt: skip
    other = [*HEAD[:3], (380, 100, "Xyzzy"), HEAD[4],
             *line(120, "1", "Pão", "120", "1,850", "222,00"), *line(140, "2", "Queijada", "80", "0,750", "76,00")]  # fmt: skip

    named, unnamed = (find_items(view(*some), INVOICE_COLUMNS, GERMAN) for some in (texts, other))

    assert [row.number("unit_price") for row in named] == [Decimal("1.850"), Decimal("0.950")]
    assert [row.number("unit_price") for row in unnamed] == [None, None]


def test_a_total_of_the_quantities_ends_the_table_and_transport_does_not() -> None:
    texts = [*HEAD, *line(120, "1", "Saree", "120", "640,00", "76800,00"), *line(140, "2", "Transport pauschal", "1", "180,00", "180,00"),
             (80, 160, "Total"), (305, 160, "121"), (480, 160, "76980,00")]  # fmt: skip

    rows = find_items(view(*texts), INVOICE_COLUMNS, GERMAN)

    assert [row.text("description") for row in rows] == ["Saree", "Transport pauschal"]


def test_the_last_of_two_prices_without_an_amount_is_the_amount() -> None:
    heads: list[Text] = [
        (80, 100, "Beskrivelse"),
        (300, 100, "Antal"),
        (380, 100, "Stk. pris"),
        (480, 100, "Pris"),
    ]

    rows = find_items(
        view(*heads, *line(120, "", "Kaffe", "24", "142,00", "3.408,00")[1:]), INVOICE_COLUMNS, GERMAN
    )

    assert [(row.number("unit_price"), row.number("amount")) for row in rows] == [
        (Decimal("142.00"), Decimal("3408.00"))
    ]
