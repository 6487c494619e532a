"""Arithmetic: what adds up is verified, what does not is told, and the reading that adds up is taken."""

from octavo.domain.field import Field, FieldSource, Place
from octavo.domain.geometry import BBox
from octavo.pipeline.fields.candidates import Candidate, How
from octavo.pipeline.fields.following import sums_that_follow
from octavo.pipeline.fields.prove import Known, Proofs, choose_sums, prove_invoice


def fields(**values: float) -> list[Field]:
    """`a__0__b` is the path `a.0.b`."""
    return [Field(name.replace("__", "."), value, FieldSource.TEXT_LAYER) for name, value in values.items()]


def failed(proofs: Proofs) -> list[str]:
    return [check.code for check in proofs.checks if not check.passed]


def candidate(value: float, score: float) -> Candidate:
    return Candidate(value, str(value), (), score, "total", How.RIGHT)


def test_a_product_verifies_its_three_fields() -> None:
    proofs = prove_invoice(
        fields(line_items__0__quantity=3, line_items__0__unit_price=2.5, line_items__0__amount=7.5)
    )

    assert failed(proofs) == []
    assert all(field.verified and field.checks == ("product",) for field in proofs.fields.values())


def test_a_discount_and_a_price_for_a_hundred_are_part_of_the_product() -> None:
    values = fields(
        line_items__0__quantity=250,
        line_items__0__unit_price=8,
        line_items__0__price_unit=100,
        line_items__0__discount=2,
        line_items__0__amount=18,
    )

    assert failed(prove_invoice(values)) == []


def test_a_wrong_product_is_a_failed_check_that_says_by_how_much() -> None:
    proofs = prove_invoice(
        fields(line_items__0__quantity=6, line_items__0__unit_price=2, line_items__0__amount=13)
    )

    assert failed(proofs) == ["product"]
    assert "off by 1" in proofs.checks[0].detail
    assert not any(field.verified for field in proofs.fields.values())


def test_a_price_printed_with_four_decimals_is_held_to_them() -> None:
    values = fields(
        line_items__0__quantity=10000, line_items__0__unit_price=0.0205, line_items__0__amount=205.4
    )

    proofs = prove_invoice(values, decimals={"line_items.0.unit_price": 4})

    assert failed(proofs) == []
    assert failed(
        prove_invoice(
            [*values[:2], *fields(line_items__0__amount=206.0)], decimals={"line_items.0.unit_price": 4}
        )
    ) == ["product"]


def test_lines_taxes_total_and_what_is_due_prove_each_other() -> None:
    values = fields(
        line_items__0__amount=100, line_items__1__amount=50, discount_total=10, subtotal=140,
        taxes__0__rate=19, taxes__0__base=100, taxes__0__amount=19, taxes__1__rate=7, taxes__1__base=40, taxes__1__amount=2.8,
        tax_total=21.8, total=161.8, amount_paid=61.8, amount_due=100,
    )  # fmt: skip

    proofs = prove_invoice(values)

    assert failed(proofs) == []
    assert {check.code for check in proofs.checks} == {"sum", "tax", "taxes", "bases", "total", "due"}
    assert all(field.verified for field in proofs.fields.values())


def test_the_total_that_adds_up_is_taken_before_a_likelier_one() -> None:
    found = {
        "subtotal": [candidate(100.0, 0.9)],
        "tax_total": [candidate(19.0, 0.9)],
        "total": [candidate(100.0, 0.95), candidate(119.0, 0.8)],
    }

    chosen = choose_sums(found, Known())

    assert chosen.adds_up
    assert chosen.sums["total"].value == 119.0


def test_taxes_by_rate_tell_which_net_is_meant() -> None:
    from decimal import Decimal

    found = {
        "subtotal": [candidate(1062.6, 0.95), candidate(1056.05, 0.7)],
        "tax_total": [candidate(200.65, 0.9)],
        "total": [],
    }

    chosen = choose_sums(found, Known(taxes=Decimal("200.65"), bases=Decimal("1056.05")))

    assert chosen.sums["subtotal"].value == 1056.05


def test_what_only_follows_from_a_value_does_not_prove_it() -> None:
    read = [Field("total", 119.0, FieldSource.OCR), Field("tax_total", 19.0, FieldSource.OCR)]

    proofs = prove_invoice(sums_that_follow(read))

    assert proofs.number("subtotal") == 100
    assert proofs.number("amount_due") == 119
    assert not [path for path, field in proofs.fields.items() if field.verified]
    assert proofs.checks == []


def test_what_follows_and_is_proven_by_others_proves_what_it_follows_from() -> None:
    read = [Field(path, value, FieldSource.OCR) for path, value in (("line_items.0.amount", 100.0), ("tax_total", 19.0), ("total", 119.0))]  # fmt: skip

    proofs = prove_invoice(sums_that_follow(read))

    assert all(field.verified for field in proofs.fields.values())
    assert [check.code for check in proofs.checks] == ["sum", "total"]


def test_a_sum_of_taxes_that_is_not_printed_is_proven_by_net_and_gross_and_proves_its_parts() -> None:
    read = [Field(path, value, FieldSource.OCR) for path, value in (("taxes.0.amount", 7.0), ("taxes.1.amount", 12.0), ("subtotal", 100.0), ("total", 119.0))]  # fmt: skip

    proofs = prove_invoice(sums_that_follow(read))

    assert all(field.verified for field in proofs.fields.values())


def test_a_sum_proves_nothing_that_is_no_part_of_it() -> None:
    values = fields(
        line_items__0__amount=150, line_items__1__amount=50, charge_total=5.8, shipping=137.3, subtotal=205.8
    )

    proofs = prove_invoice(values)

    assert failed(proofs) == []
    assert proofs.fields["charge_total"].verified
    assert not proofs.fields["shipping"].verified


def test_a_value_does_not_prove_itself() -> None:
    here, there = (Place(1, BBox(0.5, y, 0.6, y + 0.01)) for y in (0.5, 0.6))
    fields = [
        Field("taxes.0.amount", 553.5, FieldSource.OCR, "553,50", (here,), 0.9),
        Field("tax_total", 553.5, FieldSource.OCR, "553,50", (here,), 0.9),
        Field("subtotal", 3200.0, FieldSource.OCR, "3 200,00", (there,), 0.9),
        Field("total", 4009.5, FieldSource.OCR, "4 009,50", (there,), 0.9),
        Field("amount_due", 4009.5, FieldSource.OCR, "4 009,50", (there,), 0.9),
    ]

    proofs = prove_invoice(fields)

    assert [path for path, field in proofs.fields.items() if field.verified] == []
    assert [check.code for check in proofs.checks if check.passed] == ["taxes", "due"]
