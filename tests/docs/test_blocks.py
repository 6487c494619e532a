"""Code in the docs compiles, and commands in the docs exist with the options they are given."""

import json
import re
import shlex
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest
import yaml
from tests.docs.pages import Block, all_blocks, blocks
from tests.house.tracked import ROOT
from tools.reference.cli_page import walk_commands

from octavo.dialects._kit import routes_of
from octavo.dialects.table import DIALECTS

KNOWN = {"shell", "python", "json", "text", "ini", "nginx", "sql"}
COMMANDS = dict(walk_commands())
RULES = set(re.findall(r"^([\w.-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
ROUTES: dict[str, dict[str, Any]] = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))["paths"]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVER = re.compile(r"^https?://127\.0\.0\.1:8080")
ASSIGNMENT = re.compile(r"^[A-Z][A-Z0-9_]*=")


def lines(block: Block) -> Iterator[list[str]]:
    """Each command of a shell block as its words, without assignments, remarks, redirections and pipes."""
    for line in _whole(block.text.replace("\\\n", " ")):
        words = shlex.split(line, comments=True)
        while words and (ASSIGNMENT.match(words[0]) or words[0] in {"sudo", "export"}):
            words = words[1:]
        for stop in ("|", ">", "&&"):
            words = words[: words.index(stop)] if stop in words else words
        if words:
            yield words


def _whole(text: str) -> Iterator[str]:
    """Lines, those inside a quotation joined to the line that opens it."""
    waiting = ""
    for line in text.splitlines():
        waiting = f"{waiting} {line}" if waiting else line
        if waiting.count("'") % 2 == 0:
            yield waiting
            waiting = ""
    assert not waiting, f"a quotation is not closed: {waiting}"


def commands(program: str) -> list[Any]:
    """Every use of a program in the docs, as a test's parameter that says where it stands."""
    return [
        pytest.param(words, id=f"{block}-{' '.join(words[:3])}")
        for block in blocks("shell")
        for words in lines(block)
        if words[0].rpartition("/")[2] == program
    ]


def test_every_block_says_a_language_that_is_checked_or_only_shown() -> None:
    assert {block.language for block in all_blocks()} <= KNOWN


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_python_compiles(block: Block) -> None:
    compile(block.text, str(block), "exec")


@pytest.mark.parametrize("block", blocks("json"), ids=str)
def test_json_is_json(block: Block) -> None:
    json.loads(block.text)


@pytest.mark.parametrize("words", commands("octavo"))
def test_octavo_has_that_command_and_its_options(words: list[str]) -> None:
    full = next((name for n in (3, 2) if (name := " ".join(["octavo", *words[1:n]])) in COMMANDS), None)
    assert full, f"there is no command {' '.join(words[:3])}"
    known = {opt for parameter in COMMANDS[full].params for opt in parameter.opts if opt.startswith("-")}

    given = {word.partition("=")[0] for word in words if word.startswith("--")}

    assert given <= known, f"{full} has no {given - known}"


@pytest.mark.parametrize("words", commands("make"))
def test_make_has_that_rule(words: list[str]) -> None:
    assert set(words[1:]) <= RULES


@pytest.mark.parametrize("words", commands("python"))
def test_python_has_that_module(words: list[str]) -> None:
    assert words[1] == "-m"
    assert find_spec(words[2]), f"there is no module {words[2]}"


@pytest.mark.parametrize("words", commands("curl"))
def test_curl_asks_for_a_route_that_exists(words: list[str]) -> None:
    (url,) = [word for word in words if SERVER.match(word)]
    method = "post" if {"-F", "-d"} & set(words) else "get"
    method = words[words.index("-X") + 1].lower() if "-X" in words else method
    path, _, query = SERVER.sub("", url).partition("?")
    if path.startswith("/compat/"):
        _, _, dialect, below = path.split("/", 3)
        routes = routes_of(DIALECTS[dialect])
        assert any(_matches(f"{method.upper()} /{below}", route) for route in routes), f"no route {path}"
        return

    route = next((known for known in ROUTES if _matches(path, known) and method in ROUTES[known]), None)

    assert route, f"no route for {method.upper()} {path}"
    parameters = {one["name"] for one in ROUTES[route][method].get("parameters", []) if one["in"] == "query"}
    assert {part.partition("=")[0] for part in query.split("&") if part} <= parameters


def _matches(path: str, route: str) -> bool:
    pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(route))
    return re.fullmatch(pattern, path) is not None


@pytest.mark.parametrize("words", commands("docker"))
def test_compose_has_that_service(words: list[str]) -> None:
    assert words[1] == "compose"
    named = {word.partition("=")[0] for word in words[3:] if word.startswith("octavo-") or word == "postgres"}
    arguments = {word.partition("=")[0] for word in words[3:] if re.match(r"^[A-Z_]+=", word)}

    assert named <= set(COMPOSE["services"])
    assert all(f"ARG {one}=" in (ROOT / "Dockerfile").read_text(encoding="utf-8") for one in arguments)
