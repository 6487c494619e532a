"""`settings.md`, from the fields of `octavo.settings.Settings`."""

from typing import Any, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import AliasChoices, SecretStr
from pydantic.fields import FieldInfo
from tools.reference.markup import code, page, table

from octavo.settings import Settings, describe_settings, environment_name

_UNITS = {"_bytes": "bytes", "_s": "seconds"}
_SIGNS: dict[type, str] = {Ge: "≥", Gt: ">", Le: "≤", Lt: "<"}
_INTRODUCTION = """
Every setting is an environment variable. An option of a command, where there is one (`--port` for `OCTAVO_PORT`),
comes before the variable; an empty variable counts as not set; a wrong value ends the command with a sentence that
names the setting and never shows its value. What is marked *secret* is never printed or logged.
"""


def settings_page() -> str:
    defaults = {names.partition(" or ")[0]: default for names, default, _ in describe_settings()}
    rows = [
        (
            code(environment_name(name)) + _aliases(name, field),
            _kind(field),
            _default(name, defaults[environment_name(name)]),
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    ]
    return page(
        "Settings",
        "`octavo.settings.Settings`",
        _INTRODUCTION.strip(),
        table(("Variable", "Value", "Default", "What it does"), rows),
    )


def _aliases(name: str, field: FieldInfo) -> str:
    """Other variables that are read when ours is not set."""
    if not isinstance(field.validation_alias, AliasChoices):
        return ""
    others = [str(alias) for alias in field.validation_alias.choices if alias != environment_name(name)]
    return ", else " + ", ".join(code(alias) for alias in others)


def _kind(field: FieldInfo) -> str:
    bare = next((part for part in _parts(field.annotation) if part is not type(None)), str)
    if bare is SecretStr:
        return "text, *secret*"
    choices = getattr(bare, "__members__", None)
    if choices:
        return ", ".join(code(str(choice.value)) for choice in choices.values())
    kind = {bool: "true or false", int: "whole number", float: "number"}.get(bare, "text")
    if bare.__name__ == "Path":
        kind = "path"
    return kind + _bounds(field)


def _parts(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) is not None else (annotation,)


def _bounds(field: FieldInfo) -> str:
    told = [
        f"{_SIGNS[type(rule)]} {next(iter(vars(rule).values())) if hasattr(rule, '__dict__') else _limit(rule)}"
        for rule in field.metadata
        if type(rule) in _SIGNS
    ]
    return ", " + ", ".join(told) if told else ""


def _limit(rule: Any) -> Any:
    return next(getattr(rule, name) for name in ("ge", "gt", "le", "lt") if hasattr(rule, name))


def _default(name: str, text: str) -> str:
    unit = next((unit for ending, unit in _UNITS.items() if name.endswith(ending)), "")
    short = {"True": "true", "False": "false"}.get(text, text.removesuffix(".0"))
    plain = code(short) if " " not in short else short
    return f"{plain} {unit}".strip() if text else "not set"
