"""What one page that cannot be read does to the rest."""

from pathlib import Path

import pytest

from octavo.adapters.isolation.child import _read_one
from octavo.domain.errors import DocumentTooLarge, OctavoError, PageUnreadable
from octavo.domain.job import Profile
from octavo.ports.isolation import ReadRequest

REQUEST = ReadRequest(Path("unread"), "application/pdf", None, (2,), "auto", Profile.FAST, (), 1.0)


class Refusing:
    """A reader whose pages cannot be loaded."""

    page_count = 2

    def __init__(self, error: OctavoError) -> None:
        self.error = error

    def load(self, number: int) -> None:
        del number
        raise self.error

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    "error", [PageUnreadable("torn"), DocumentTooLarge("The picture on page 2 is huge.")]
)
def test_a_page_that_is_refused_fails_alone(error: OctavoError) -> None:
    outcome = _read_one(Refusing(error), 2, None, None, None, REQUEST)  # type: ignore[arg-type]

    assert outcome.failure is not None
    assert (outcome.failure.page, outcome.failure.code) == (2, error.code)
