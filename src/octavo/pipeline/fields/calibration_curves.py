"""Points of the curves; written by `python -m benchmarks.accuracy.fields --fit`, never by hand."""

from collections.abc import Mapping
from types import MappingProxyType

CURVES: Mapping[str, tuple[tuple[float, float], ...]] = MappingProxyType({})
