"""Settings: where they come from, what they refuse, and that each one is described."""

import re
from pathlib import Path

import pytest

from octavo.domain.errors import InvalidRequest
from octavo.settings import Settings, default_data_dir, describe_settings, load_settings

pytestmark = pytest.mark.usefixtures("clean_environment")

UNIT = re.compile(r"\b(how long|how often|longer|longest|largest|most|bytes|space|timeout)\b", re.IGNORECASE)


def test_a_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_PORT", "9000")

    assert load_settings().port == 9000


def test_an_option_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_PORT", "9000")

    assert load_settings(port=9001).port == 9001


def test_an_option_that_was_not_given_leaves_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_PORT", "9000")

    assert load_settings(port=None).port == 9000


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_DATABASE_URL", "")

    assert load_settings().database_url is None


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("OCTAVO_PORT", "70000", "OCTAVO_PORT: "),
        ("OCTAVO_DATABASE_URL", "mysql://root:s3cret@host/db", "is no PostgreSQL URL"),
        ("OCTAVO_BLOB_URL", "ftp://host/folder", "is neither a folder nor s3://"),
        ("OCTAVO_SECRET_KEY", "s3cret", "at least 32 characters"),
        ("OCTAVO_SSL_CERTFILE", "cert.pem", "ssl_certfile and ssl_keyfile belong together"),
        ("OCTAVO_PAGE_TIMEOUT_S", "0", "OCTAVO_PAGE_TIMEOUT_S: "),
        ("OCTAVO_LOG_LEVEL", "loud", "OCTAVO_LOG_LEVEL: "),
    ],
)
def test_a_wrong_setting_is_named_with_its_reason_and_without_its_value(
    variable: str, value: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(InvalidRequest) as refused:
        load_settings()

    assert reason in refused.value.summary
    assert "s3cret" not in refused.value.summary


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_a_postgresql_url_becomes_the_one_that_libpq_takes(scheme: str) -> None:
    settings = load_settings(database_url=f"{scheme}://u:p@host/db")

    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == "postgresql://u:p@host/db"


def test_amazons_own_variables_are_understood_and_ours_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "theirs")
    monkeypatch.setenv("OCTAVO_S3_ACCESS_KEY_ID", "ours")

    settings = load_settings()

    assert settings.s3_region == "eu-west-1"
    assert settings.s3_access_key_id is not None
    assert settings.s3_access_key_id.get_secret_value() == "ours"


def test_a_buckets_url_carries_endpoint_and_region_unless_it_names_its_own() -> None:
    settings = load_settings(
        blob_url="s3://docs/prefix?region=mars", s3_region="earth", s3_endpoint_url="http://localhost:8333"
    )

    assert settings.blobs == "s3://docs/prefix?endpoint=http%3A%2F%2Flocalhost%3A8333&region=mars"


def test_without_a_blob_url_blobs_lie_in_the_data_folder(clean_environment: Path) -> None:
    assert load_settings().blobs == str(clean_environment / "blobs")


def test_no_secret_is_shown_when_settings_are_printed() -> None:
    settings = load_settings(secret_key="x" * 40, database_url="postgresql://u:hidden@host/db")

    assert "x" * 40 not in repr(settings)
    assert "hidden" not in str(settings)
    assert "hidden" not in settings.model_dump_json()


def test_settings_survive_the_way_to_a_child_process(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(
        secret_key="x" * 40, database_url="postgresql:///db?host=/s", s3_region="r", port=1
    )
    monkeypatch.setenv("OCTAVO_PORT", "2")

    assert Settings(**settings.reveal()) == settings


def test_the_processors_are_shared_out_among_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.settings.processor_count", lambda: 8)

    assert load_settings().slots_per_worker == 8
    assert load_settings(workers=4).slots_per_worker == 2
    assert load_settings(workers=64).slots_per_worker == 1
    assert load_settings(workers=4, slots=3).slots_per_worker == 3


def test_the_data_folder_is_where_the_platform_keeps_such_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")

    assert default_data_dir({}, "linux") == Path("/home/ann/.local/share/octavo")
    assert default_data_dir({"XDG_DATA_HOME": "/d"}, "linux") == Path("/d/octavo")
    assert default_data_dir({}, "darwin") == Path("/home/ann/Library/Application Support/octavo")


def test_every_setting_is_described_in_a_sentence() -> None:
    undescribed = [name for name, _, text in describe_settings() if len(text) < 15 or not text.endswith(".")]

    assert undescribed == []


def test_every_duration_and_size_has_its_unit_in_its_name() -> None:
    """What takes a plain number and speaks of time or memory ends in `_s` or `_bytes`."""
    unclear = [
        name
        for name, field in Settings.model_fields.items()
        if field.annotation in {int, float}
        and UNIT.search(field.description or "")
        and not name.endswith(("_s", "_bytes", "_pages", "_pixels", "_ratio"))
    ]

    assert unclear == []
