"""PostgreSQL for one machine: binaries out of a wheel, started and watched by us."""

from octavo.adapters.embedded.launcher import EmbeddedPostgres, running_url

__all__ = ["EmbeddedPostgres", "running_url"]
