"""Tables as records."""

import json

from tests.exporters.everything import everything

from octavo.exporters.records import tables
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS


def test_every_table_is_a_record_whose_rows_are_as_long_as_it_is_wide() -> None:
    document = everything()

    content = b"".join(EXPORTERS["tables"].render(document, Rendering()))
    records = [json.loads(line) for line in content.splitlines()]

    wanted = list(tables(document.pages))
    assert wanted, "the sample has tables"
    assert [record["number"] for record in records] == [table.number for table in wanted]
    for record, table in zip(records, wanted, strict=True):
        assert set(record) == {"number", "caption", "pages", "headers", "rows", "failed_checks"}
        assert {len(row) for row in record["rows"]} <= {table.grid.n_cols}
        assert record["headers"] == list(table.grid.headers)
        assert record["pages"] == list(table.page_numbers)
