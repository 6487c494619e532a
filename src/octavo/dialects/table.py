"""Every dialect, by the name of its path."""

from octavo.dialects._kit import Dialect

DIALECTS: dict[str, Dialect] = {}
