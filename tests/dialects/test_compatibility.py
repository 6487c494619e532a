"""What is served is shown by a test, and what a test says it shows is served."""

import pytest
from tools.reference.compatibility_page import marked_tests

from octavo.dialects._kit import routes_of
from octavo.dialects.table import DIALECTS
from tests.dialects.envelopes import VENDORS


@pytest.mark.parametrize("name", DIALECTS)
def test_every_address_of_a_dialect_is_shown_by_a_test(name: str) -> None:
    served, shown = set(routes_of(DIALECTS[name])), set(marked_tests().get(name, {}))

    assert served - shown == set(), "served, but no test is marked with it"
    assert shown - served == set(), "a test is marked with what is not served"


def test_every_dialect_is_held_to_its_vendors_refusals() -> None:
    assert set(VENDORS) == set(DIALECTS)
