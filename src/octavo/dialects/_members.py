"""Looking into what our own fields and exports say; loads nothing of HTTP, since workers render webhooks with it."""

from collections.abc import Mapping
from typing import Any


def member(values: Mapping[str, Any], path: str, default: Any = None) -> Any:
    """A value in nested objects and arrays by its path, `seller.name`; `default` where there is none."""
    node: Any = values
    for name in path.split("."):
        if isinstance(node, Mapping):
            node = node.get(name)
        elif isinstance(node, list) and name.isdigit() and int(name) < len(node):
            node = node[int(name)]
        else:
            return default
    return default if node is None else node
