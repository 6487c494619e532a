"""The fixtures of this vendor's tests."""

from tests.dialects.docurift.stage import rift

__all__ = ["rift"]
