"""The endpoint, started once for all tests that ask it."""

from collections.abc import Iterator

import pytest

from tests.models.forms import FORMS
from tests.models.running import running_endpoint


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with running_endpoint(tmp_path_factory.mktemp("model"), FORMS) as port:
        yield port
