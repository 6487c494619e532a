"""What may be looked at on a page besides its lines."""

from collections.abc import Callable
from dataclasses import dataclass

from octavo.domain.drawing import Path
from octavo.ports.engines import PageImage


@dataclass(frozen=True, slots=True)
class Sight:
    """Both are worked out when they are first asked for, so ask only where it pays."""

    image: Callable[[float], PageImage]
    """The upright page at so many dots per inch; fewer where it would be too large."""
    paths: Callable[[], tuple[Path, ...]]
    """What is drawn with lines and areas; empty for a scan."""
