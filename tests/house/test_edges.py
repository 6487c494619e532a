"""What has a table at an edge is in that table, and in the docs."""

import re

import pytest
from tests.house.tracked import ROOT
from tools.reference.engines_page import ENGINE_NOTES
from tools.reference.error_notes import NOTES
from tools.reference.errors_page import error_classes
from tools.reference.events_page import EVENT_MEMBERS, EVENT_NOTES, STAGE_NOTES

from octavo.adapters.engines.catalogue import ENGINES
from octavo.adapters.readers.table import READERS
from octavo.domain.errors import OctavoError
from octavo.domain.event import EventType
from octavo.domain.job import Stage
from octavo.domain.tenancy import Scope
from octavo.exporters.table import EXPORTERS
from octavo.http.problems import status_of
from octavo.settings import Settings, environment_name


def docs(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in error_classes()]

    assert len(codes) == len(set(codes)), "two classes with one code cannot be told apart by a caller"
    assert all(re.fullmatch(r"[a-z][a-z_]*", code) for code in codes)


@pytest.mark.parametrize("kind", error_classes(), ids=lambda kind: kind.code)
def test_an_error_has_a_status_and_an_entry_in_the_docs(kind: type[OctavoError]) -> None:
    error = kind.__new__(kind)

    assert 400 <= status_of(error) < 600
    assert f"\n### {error.code}\n" in docs("reference/errors.md")


def test_only_errors_that_exist_have_notes() -> None:
    assert set(NOTES) == {kind.code for kind in error_classes()}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_has_a_description_and_is_documented(name: str) -> None:
    description = Settings.model_fields[name].description or ""

    assert description.endswith("."), "a setting says what it does, in a sentence"
    assert f"`{environment_name(name)}`" in docs("reference/settings.md")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_that_is_a_quantity_has_its_unit_in_its_name(name: str) -> None:
    kind = Settings.model_fields[name].annotation

    if kind is float:
        assert name.endswith(("_s", "_ms")), "durations are the only settings with a fraction"
    assert not name.endswith(("_seconds", "_mb", "_mib", "_minutes", "_hours", "_days"))


def test_every_engine_is_documented() -> None:
    assert set(ENGINE_NOTES) == set(ENGINES)
    assert all(f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8") for name in ENGINES)


def test_every_reader_and_format_is_documented() -> None:
    page = docs("reference/engines.md")

    assert [kind for kind in READERS if f"| `{kind}` |" not in page] == []
    assert [name for name in EXPORTERS if f"| `{name}` |" not in page] == []


def test_every_event_and_stage_is_documented() -> None:
    assert set(EVENT_NOTES) == set(EVENT_MEMBERS) == set(EventType)
    assert set(STAGE_NOTES) == set(Stage)


def test_every_scope_is_documented() -> None:
    page = docs("how-to/manage-keys.md")

    assert [scope for scope in Scope if f"`{scope.value}`" not in page] == []
