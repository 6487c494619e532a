"""Weights and counts of cargo papers below heads of several lines, and the row that sums them up."""

import pytest
from tests.pipeline.table_pages import Sheet

from octavo.domain.document import Block, BlockType, Page, TextSource
from octavo.domain.field import Scalar
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.extract import find_fields

XS = (60.0, 160.0, 260.0, 360.0, 460.0)


def said(document_type: str, *rows: tuple[str, ...]) -> dict[str, Scalar]:
    """Of a ruled table; `/` parts the lines of one cell."""
    sheet = Sheet(size=8.0)
    for number, row in enumerate(rows):
        for x, text in zip(XS, row, strict=False):
            for line, part in enumerate(text.split("/")):
                sheet.text(part, x + 4, 104 + 40 * number + 10 * line)
    sheet.across(XS[0], XS[-1], *[100 + 40 * number for number in range(len(rows) + 1)])
    sheet.down(100, 100 + 40 * len(rows), *XS[: len(rows[0]) + 1])
    found = sheet.table()
    block = Block("blk_1", BlockType.TABLE, 1, found.bbox, 0, found.text, TextSource.VERIFIED, 1.0, verified=True, lines=found.lines, body=found.body)  # fmt: skip
    fields = find_fields([Page(1, 595.0, 842.0, (block,))], FieldOrder(document_type=document_type))
    return {field.path: field.value for field in fields.found}


def test_heads_of_several_lines_name_the_column_below() -> None:
    fields = said(
        "air_waybill",
        ("No. of/Pieces", "Gross/Weight", "Chargeable/Weight", "Rate"),
        ("6", "184.5", "210.0", "4.85"),
    )

    assert (fields["pieces"], fields["gross_weight"], fields["chargeable_weight"]) == (6, 184.5, 210.0)


@pytest.mark.parametrize("last", ["Total", "TOTAL:"])
def test_the_row_of_totals_counts_and_not_the_first_entry(last: str) -> None:
    fields = said(
        "packing_list",
        ("Pallet", "Cartons", "Net wt (kg)", "Gross wt (kg)"),
        ("1", "40", "312.0", "348.5"),
        ("2", "50", "270.0", "305.0"),
        (last, "90", "582.0", "653.5"),
    )

    assert (fields["package_count"], fields["net_weight"], fields["gross_weight"]) == (90, 582.0, 653.5)
