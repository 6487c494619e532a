"""Every dialect, by the name of its path."""

from octavo.dialects import ldxhub
from octavo.dialects._kit import Dialect

DIALECTS: dict[str, Dialect] = {dialect.name: dialect for dialect in (ldxhub.DIALECT,)}
