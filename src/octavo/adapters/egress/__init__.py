"""Outgoing requests that cannot be turned against the network we run in."""

from octavo.adapters.egress.client import GuardedEgress
from octavo.adapters.egress.rules import Rules, parse_allowed

__all__ = ["GuardedEgress", "Rules", "parse_allowed"]
