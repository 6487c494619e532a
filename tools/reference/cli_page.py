"""`cli.md`, from the commands as typer has them."""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from tools.reference.markup import code, page, table
from typer.main import get_command

from octavo.cli.main import app
from octavo.cli.terminal import EXIT_STATUS, INCOMPLETE, INTERNAL, INTERRUPTED

_KINDS = {int: "NUMBER", float: "NUMBER", Path: "PATH"}
_INTRODUCTION = """
`octavo --help` and `octavo COMMAND --help` say the same as this page. Results go to standard output, everything else
to standard error. Options come before [settings](settings.md) of the same name.
"""


def cli_page() -> str:
    commands = list(walk_commands())
    return page(
        "Command line",
        "`octavo.cli`",
        _INTRODUCTION.strip(),
        *(_section(name, command) for name, command in commands),
        "## Exit statuses",
        table(("Status", "When"), _exit_rows()),
    )


def walk_commands() -> Iterator[tuple[str, Any]]:
    """Every command that can be run, by its full name, in the order of `--help`."""
    yield from _walk("octavo", get_command(app))


def _walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    if command.hidden:
        return
    children = getattr(command, "commands", None)
    if children is None:
        yield name, command
        return
    for child_name, child in children.items():
        yield from _walk(f"{name} {child_name}", child)


def _section(name: str, command: Any) -> str:
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    options = [
        parameter
        for parameter in command.params
        if parameter.param_type_name == "option" and not parameter.hidden
    ]
    usage = " ".join([name, "[OPTIONS]" if options else "", *(_usage(argument) for argument in arguments)])
    parts = [f"## {name}", f"```text\n{' '.join(usage.split())}\n```", _prose(command.help or "")]
    if arguments:
        rows = [
            (code(argument.metavar or argument.name.upper()), getattr(argument, "help", "") or "")
            for argument in arguments
        ]
        parts.append(table(("Argument", "Meaning"), rows))
    if options:
        rows = [(_option(option), (option.help or "") + _shown_default(option)) for option in options]
        parts.append(table(("Option", "Meaning"), rows))
    return "\n\n".join(part for part in parts if part)


def _usage(argument: Any) -> str:
    name = argument.metavar or argument.name.upper()
    return name if argument.required else f"[{name}]"


def _option(option: Any) -> str:
    value = "" if option.is_flag else " " + _value(option)
    return ", ".join(code(name + value) for name in [*option.opts, *option.secondary_opts])


def _value(option: Any) -> str:
    if option.metavar:
        return str(option.metavar)
    kind = option.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(member.value) for member in kind)
    return _KINDS.get(kind, "TEXT")


def _shown_default(option: Any) -> str:
    shown = option.show_default
    if isinstance(shown, str) and shown:
        return f" Default: {shown}."
    if shown and option.default not in {None, False, ()} and not callable(option.default):
        return f" Default: {code(str(getattr(option.default, 'value', option.default)))}."
    return ""


def _prose(text: str) -> str:
    return text.replace("\b", "").strip()


def _exit_rows() -> list[tuple[str, str]]:
    named: dict[int, list[str]] = {}
    for kind, status in EXIT_STATUS.items():
        named.setdefault(status, []).append(f"[{code(kind.code)}](errors.md#{kind.code})")
    rows = [("0", "Everything was done."), (str(INCOMPLETE), "The command ran, and not everything was well.")]
    rows += [(str(status), ", ".join(kinds)) for status, kinds in sorted(named.items())]
    rows += [(str(INTERNAL), "A fault of Octavo itself."), (str(INTERRUPTED), "Stopped with Ctrl-C.")]
    return rows
