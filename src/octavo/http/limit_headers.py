"""What is left to a key, as draft-ietf-httpapi-ratelimit-headers says it (revision 10, structured fields)."""

from math import ceil
from typing import Any

from octavo.domain.limits import Allowance


def limit_headers(state: dict[str, Any]) -> dict[str, str]:
    """From a request's state; empty where no limit was looked at."""
    allowance: Allowance | None = state.get("allowance")
    if allowance is None:
        return {}
    name = f'"{allowance.name}"'
    return {
        "RateLimit-Policy": f"{name};q={allowance.limit};w={allowance.window_s}",
        "RateLimit": f"{name};r={allowance.remaining};t={ceil(allowance.reset_s)}",
    }
