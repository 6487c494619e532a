import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pipeline.fields.papers import flowing, view

from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.candidates import How
from octavo.pipeline.fields.labels import find_labelled
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.view import view_of
from octavo.pipeline.fields.wording import folded, likeness

LOCALE = Locale()
TOTAL = FieldSpec("total", FieldType.MONEY, synonyms=("grand total", "gesamtbetrag"))
NUMBER = FieldSpec("invoice_number", FieldType.IDENTIFIER, synonyms=("invoice no",))
DATE = FieldSpec("invoice_date", FieldType.DATE, synonyms=("date",))

layouts = st.sampled_from(["same", "right", "far", "below", "wrapped"])


@given(
    layout=layouts,
    label=st.sampled_from(["Total", "Grand Total:", "GESAMTBETRAG", "total :"]),
    units=st.integers(1, 9_999_999),
    y=st.integers(60, 700),
)
def test_a_value_is_found_by_its_label_in_any_layout(layout: str, label: str, units: int, y: int) -> None:
    value = f"{units / 100:,.2f}"
    texts: list[tuple[float, float, str]] = {
        "same": [(60.0, float(y), f"{label} {value}")],
        "right": [(60.0, float(y), label), (180.0, float(y), value)],
        "far": [(60.0, float(y), label), (480.0, float(y + 1), value)],
        "below": [(60.0, float(y), label), (62.0, float(y + 16), value)],
        "wrapped": [(300.0, float(y), f"Our {label}"), (60.0, float(y + 14), value)],
    }[layout]

    found = find_labelled(view(*texts, (60, 760, "Page 1 of 1")), TOTAL, LOCALE)

    assert found
    assert found[0].value == units / 100
    assert found[0].raw_text == value
    assert " ".join(token.text for token in found[0].tokens) == value


def test_the_longer_label_of_another_field_keeps_its_value() -> None:
    seen = view((60, 100, "Sub Total"), (300, 100, "10.00"), (60, 120, "Total"), (300, 120, "11.90"))

    found = find_labelled(seen, TOTAL, LOCALE, others={"subtotal": ("sub total",)})

    assert [candidate.value for candidate in found] == [11.9]


def test_a_value_ends_where_the_next_label_begins() -> None:
    seen = view((60, 100, "Invoice No 4711 Date 01/02/2020"))

    found = find_labelled(seen, NUMBER, LOCALE, others={"date": ("date",)})

    assert [candidate.value for candidate in found] == ["4711"]


def test_heads_of_columns_have_their_values_below() -> None:
    seen = view((60, 100, "Invoice No"), (200, 100, "Date"), (60, 118, "A-77"), (200, 118, "13/02/2020"))
    others = {"invoice_number": ("invoice no",), "invoice_date": ("date",)}

    number = find_labelled(seen, NUMBER, LOCALE, others=others)[0]
    day = find_labelled(seen, DATE, LOCALE, others=others)[0]

    assert (number.value, number.how) == ("A-77", How.CELL)
    assert day.value == "2020-02-13"


@pytest.mark.parametrize("read", ["lnvoice No", "Invoice N0", "INVOICE-NO.", "Inv oice No:", "Invo1ce No"])
def test_slips_of_a_reader_do_not_hide_a_label(read: str) -> None:
    found = find_labelled(view((60, 100, read), (300, 100, "RE-2020")), NUMBER, LOCALE)

    assert [candidate.value for candidate in found] == ["RE-2020"]


def test_short_labels_must_be_exact() -> None:
    assert likeness("dato", "date") == 0.0
    assert likeness(folded("Totai"), "total") > 0.7
    assert folded("N° d'Échéance :") == "nodecheance"


def test_text_without_layout_is_searched_alike() -> None:
    seen = view_of([flowing("Invoice No: 99-1\nGrand Total:   5.00")])

    found = find_labelled(seen, TOTAL, LOCALE)

    assert [(candidate.value, candidate.to_field("total").places[0].bbox) for candidate in found] == [
        (5.0, None)
    ]


def test_nothing_is_made_up_where_there_is_no_label() -> None:
    assert find_labelled(view((60, 100, "Hello world 12.00")), TOTAL, LOCALE) == []
