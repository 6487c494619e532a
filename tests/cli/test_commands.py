"""What the commands say about themselves and about mistakes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer

from octavo.cli.keys import EVERYDAY, parse_expiry, parse_key_id, parse_prefix, parse_scopes
from octavo.cli.main import app
from octavo.cli.terminal import EXIT_STATUS, exit_status
from octavo.domain import errors
from octavo.domain.errors import InvalidRequest, OctavoError
from octavo.domain.tenancy import Scope
from tests.cli.conftest import Octavo

NOW = datetime(2027, 1, 1, tzinfo=UTC)
COMMANDS = ["serve", "worker", "process", "keys", "projects", "organizations", "migrate", "doctor", "engines"]


def test_help_names_every_command_and_hides_what_nobody_types(octavo: Octavo) -> None:
    ran = octavo("--help")

    assert ran.status == 0
    for command in COMMANDS:
        assert f"  {command} " in ran.output
    assert "child" not in ran.output


@pytest.mark.parametrize(
    "arguments",
    [[name] for name in COMMANDS] + [["keys", "create"], ["keys", "revoke"], ["projects", "create"]],
)
def test_every_command_explains_itself_and_its_options(arguments: list[str], octavo: Octavo) -> None:
    ran = octavo(*arguments, "--help")

    assert ran.status == 0
    assert "Usage: octavo" in ran.output


def test_every_option_has_a_description() -> None:
    undescribed = [
        f"{path} {parameter.name}"
        for path, command in _walk(typer.main.get_command(app), "octavo")
        for parameter in command.params
        if not getattr(parameter, "hidden", False) and not (getattr(parameter, "help", None) or "").strip()
    ]

    assert undescribed == []


def _walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    if command.hidden:
        return
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _walk(below, f"{path} {name}")


def test_serve_has_the_options_of_the_contract(octavo: Octavo) -> None:
    text = octavo("serve", "--help").output

    for option in ("--host", "--port", "--workers", "--api-processes", "--data-dir", "--no-workers"):
        assert option in text
    for option in ("--ssl-certfile", "--ssl-keyfile", "--ssl-self-signed"):
        assert option in text


def test_an_unknown_command_is_a_usage_error(octavo: Octavo) -> None:
    ran = octavo("sevre")

    assert ran.status == 2
    assert "No such command" in ran.errors


def test_version_says_octavo_and_python(octavo: Octavo) -> None:
    assert octavo("version").output.startswith("octavo 0.")


def test_an_error_is_one_line_without_a_stack(octavo: Octavo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_PORT", "none")

    ran = octavo("keys", "list")

    assert ran.status == 2
    assert ran.errors.startswith("Error: OCTAVO_PORT: ")
    assert len(ran.errors.strip().splitlines()) == 1


def test_a_fault_of_our_own_is_one_line_too(octavo: Octavo, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError("the details stay in the log")

    monkeypatch.setattr("octavo.cli.keys.load_settings", broken)

    ran = octavo("keys", "list")

    assert ran.status == 70
    assert "fault of Octavo itself (ZeroDivisionError)" in ran.errors
    assert "the details" not in ran.errors


def test_a_data_folder_that_cannot_be_made_is_explained(octavo: Octavo, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    ran = octavo("keys", "list", "--data-dir", str(tmp_path / "file" / "below"))

    assert ran.status == 4
    assert "The data folder cannot be used" in ran.errors


def test_a_database_that_is_away_is_explained(octavo: Octavo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    monkeypatch.setattr("octavo.bootstrap.DATABASE_WITHIN_S", 0.2)

    ran = octavo("keys", "list")

    assert ran.status == 75
    assert "The database does not answer" in ran.errors


def test_a_worker_without_a_database_says_what_to_set(octavo: Octavo) -> None:
    ran = octavo("worker")

    assert ran.status == 75
    assert "OCTAVO_DATABASE_URL" in ran.errors


def test_a_port_in_use_is_explained(octavo: Octavo) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = octavo("serve", "--port", str(taken.getsockname()[1]))

    assert ran.status == 4
    assert "is in use. Choose another with --port" in ran.errors


def test_a_missing_certificate_is_explained(octavo: Octavo, tmp_path: Path) -> None:
    missing = [str(tmp_path / "c.pem"), str(tmp_path / "k.pem")]

    ran = octavo("serve", "--port", "0", "--ssl-certfile", missing[0], "--ssl-keyfile", missing[1])

    assert ran.status == 2
    assert "c.pem cannot be read" in ran.errors


def test_every_error_has_an_exit_status_of_its_own_kind() -> None:
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, OctavoError)
    ]

    for kind in kinds:
        if kind is not OctavoError:
            assert exit_status(kind("why")) in EXIT_STATUS.values()
    assert exit_status(OctavoError("why")) == 70


def test_engines_are_listed_for_scripts(octavo: Octavo) -> None:
    engines = json.loads(octavo("engines", "--json").output)["engines"]

    assert {"ppocrv6", "tesseract"} <= {engine["name"] for engine in engines}


def test_scopes_are_read_with_commas() -> None:
    assert parse_scopes("jobs:read, admin") == [Scope.JOBS_READ, Scope.ADMIN]
    assert Scope.ADMIN not in parse_scopes(EVERYDAY)


@pytest.mark.parametrize("text", ["", "ocr live", "x" * 25, "a.b"])
def test_a_prefix_has_only_signs_of_keys(text: str) -> None:
    assert parse_prefix("ocr_live_") == "ocr_live_"
    with pytest.raises(InvalidRequest, match="letters, digits"):
        parse_prefix(text)


@pytest.mark.parametrize("text", ["", "jobs:raed"])
def test_an_unknown_scope_is_refused_with_the_ones_there_are(text: str) -> None:
    with pytest.raises(InvalidRequest, match="Scopes: extract:write"):
        parse_scopes(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("30d", NOW + timedelta(days=30)),
        ("12h", NOW + timedelta(hours=12)),
        ("2027-02-01", datetime(2027, 2, 1, tzinfo=UTC)),
        ("2027-02-01T12:00:00+02:00", datetime(2027, 2, 1, 10, tzinfo=UTC)),
        ("2027-02-01T12:00:00Z", datetime(2027, 2, 1, 12, tzinfo=UTC)),
    ],
)
def test_an_expiry_is_a_span_or_a_moment(text: str, moment: datetime) -> None:
    assert parse_expiry(text, NOW) == moment


@pytest.mark.parametrize(("text", "reason"), [("soon", "is no time"), ("2026-01-01", "is in the past")])
def test_a_key_cannot_end_at_no_time_or_in_the_past(text: str, reason: str) -> None:
    with pytest.raises(InvalidRequest, match=reason):
        parse_expiry(text, NOW)


def test_a_key_id_is_taken_with_or_without_its_prefix() -> None:
    assert parse_key_id("key_" + "0a" * 12) == parse_key_id("0a" * 12)
    with pytest.raises(InvalidRequest, match="is no key id"):
        parse_key_id("pk_live_x")
