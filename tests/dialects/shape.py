"""Shapes of exchanges as the vendors' pages show them: members, kinds and forms, without the order of members."""

import re
from typing import Any

SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
MILLISECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
HEX = re.compile(r"[0-9a-f]{24}")


class Number:
    """A JSON number, whole or not."""


def require_shape(told: Any, shown: Any, at: str = "body") -> None:
    """Fails where `told` differs from `shown`.

    In `shown`: an object has just these members, or more where it has `...` as one; an array has at least one
    entry, each of the one shape; a type is a value's type exactly; a pattern is matched by the whole text;
    everything else is meant literally.
    """
    if isinstance(shown, dict):
        assert isinstance(told, dict), f"{at} is {told!r}"
        members = {name for name in shown if name is not ...}
        missing, more = members - set(told), set(told) - members
        assert not missing, f"{at} lacks {missing}"
        assert not more or ... in shown, f"{at} has {more}"
        for name in members:
            require_shape(told[name], shown[name], f"{at}.{name}")
    elif isinstance(shown, list):
        assert isinstance(told, list), f"{at} is {told!r}"
        assert told, f"{at} is empty"
        for position, entry in enumerate(told):
            require_shape(entry, shown[0], f"{at}.{position}")
    elif isinstance(shown, re.Pattern):
        assert isinstance(told, str), f"{at} is {told!r}"
        assert shown.fullmatch(told), f"{at} is {told!r}"
    elif shown is Number:
        assert type(told) in (int, float), f"{at} is {told!r}"
    elif isinstance(shown, type):
        assert type(told) is shown, f"{at} is {told!r}, no {shown.__name__}"
    else:
        assert told == shown, f"{at} is {told!r}"
