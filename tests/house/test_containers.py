"""The container files, as far as they can be checked without a container."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.house.tracked import ROOT, tracked
from tools.reference.cli_page import walk_commands

from octavo.settings import Settings, environment_name

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SETTINGS = {environment_name(name) for name in Settings.model_fields}
COMMANDS = {name.removeprefix("octavo ") for name, _ in walk_commands()}


def instructions() -> list[tuple[str, str]]:
    """(`RUN`, what follows it) of each instruction, continuation lines joined, remarks left out."""
    lines = [line for line in DOCKERFILE.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [
        (word, rest.strip())
        for word, _, rest in (line.partition(" ") for line in joined.splitlines())
        if word
    ]


def of(word: str) -> list[str]:
    return [rest for found, rest in instructions() if found == word]


def test_what_is_copied_exists_and_is_let_through() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [source for rest in of("COPY") if "--from" not in rest for source in shlex.split(rest)[:-1]]

    assert copied
    for source in copied:
        name = source.removeprefix("./")
        assert any(path == Path(name) or Path(name) in path.parents for path in tracked()), f"no {name}"
        assert f"!{name}" in ignore, f"{name} is not let through by .dockerignore"


def test_the_image_is_set_up_by_the_makefile() -> None:
    targets = {
        target for rest in of("RUN") for target in re.findall(r"\bmake (?!&)(\S+)", rest) if target != "\\"
    }
    rules = {line.split(":")[0].replace("$(VENV)", ".venv") for line in MAKEFILE.splitlines() if ":" in line}

    assert "setup" in targets, "so that hashes and models are checked as everywhere"
    assert targets <= rules


def test_the_base_image_has_a_version() -> None:
    (python,) = re.findall(r"^ARG PYTHON=(\S+)$", DOCKERFILE, re.MULTILINE)

    assert re.fullmatch(r"3\.1[1-3]-slim-[a-z]+", python)
    assert of("FROM") == ["python:${PYTHON} AS build", "python:${PYTHON}"], (
        "a copied .venv needs the same Python"
    )


def test_the_image_does_not_run_as_root() -> None:
    assert of("USER") == ["10001:10001"]


def test_the_image_keeps_its_data_in_a_volume_and_says_how_it_is() -> None:
    (environment,) = of("ENV")

    assert of("VOLUME") == ["/data"]
    assert "OCTAVO_DATA_DIR=/data" in environment
    assert "/readyz" in of("HEALTHCHECK")[0]
    assert set(re.findall(r"OCTAVO_[A-Z_]+", environment)) <= SETTINGS


def test_the_image_starts_a_command_that_exists() -> None:
    assert of("ENTRYPOINT") == ['["octavo"]']
    assert yaml.safe_load(of("CMD")[0]) == ["serve"]
    assert "serve" in COMMANDS


def test_compose_has_a_database_an_api_and_a_worker() -> None:
    assert set(COMPOSE["services"]) == {"postgres", "octavo-api", "octavo-worker"}
    used = {volume.partition(":")[0] for one in COMPOSE["services"].values() for volume in one["volumes"]}
    assert used == set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", ["octavo-api", "octavo-worker"])
def test_compose_uses_settings_and_commands_that_exist(name: str) -> None:
    service = COMPOSE["services"][name]
    command, *options = service["command"]
    known = {
        opt
        for full, found in walk_commands()
        if full == f"octavo {command}"
        for p in found.params
        for opt in p.opts
    }

    assert set(service["environment"]) <= SETTINGS
    assert command in COMMANDS
    assert set(options) <= known


def test_compose_keeps_the_database_to_itself() -> None:
    assert "ports" not in COMPOSE["services"]["postgres"]
    assert all(port.startswith("127.0.0.1:") for port in COMPOSE["services"]["octavo-api"]["ports"])


def test_the_password_of_the_database_is_the_same_on_both_sides() -> None:
    password = COMPOSE["services"]["postgres"]["environment"]["POSTGRES_PASSWORD"]
    url = COMPOSE["services"]["octavo-api"]["environment"]["OCTAVO_DATABASE_URL"]

    assert url == f"postgresql://octavo:{password}@postgres/octavo"


def test_a_container_is_given_longer_to_stop_than_octavo_takes() -> None:
    drain = Settings.model_fields["drain_s"].default

    assert all(
        int(COMPOSE["services"][name]["stop_grace_period"].removesuffix("s")) > drain
        for name in ("octavo-api", "octavo-worker")
    )
