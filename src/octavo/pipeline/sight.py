"""What may be looked at on a page besides its lines."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from octavo.domain.drawing import Path
from octavo.domain.geometry import UprightTransform
from octavo.pipeline.ink import resized
from octavo.pipeline.upright import as_read, point_to_upright
from octavo.ports.engines import PageImage
from octavo.ports.readers import LoadedPage

BEST_DPI = 300.0
"""A page that was recognised was rendered as well as is any use."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Both are worked out when they are first asked for, so ask only where it pays."""

    image: Callable[[float], PageImage]
    """The upright page at so many dots per inch; fewer where it would be too large."""
    paths: Callable[[], tuple[Path, ...]]
    """What is drawn with lines and areas; empty for a scan."""


def sight_of(page: LoadedPage, transform: UprightTransform, seen: PageImage | None = None) -> Sight:
    """What can be seen of `page` once it is turned by `transform`.

    `seen` is the upright page as it was recognised, where it was: a smaller picture is made of it.
    """
    look = _Look(page, transform, seen, asked_dpi=BEST_DPI if seen is not None else 0.0)
    return Sight(look.image, look.paths)


@dataclass(slots=True)
class _Look:
    page: LoadedPage
    transform: UprightTransform
    seen: PageImage | None
    """The last picture, or the one that was recognised."""
    asked_dpi: float
    """What it was asked for at; a page may have no more to show than it gave."""
    drawn: tuple[Path, ...] | None = None

    def image(self, dpi: float) -> PageImage:
        if self.seen is None or self.asked_dpi < dpi:
            self.seen, self.asked_dpi = as_read(self.page.render(dpi), self.transform), dpi
        return resized(self.seen, dpi) if self.seen.dpi > 1.05 * dpi else self.seen

    def paths(self) -> tuple[Path, ...]:
        if self.drawn is None:
            found = self.page.paths()
            self.drawn = found if self.transform.is_identity else tuple(map(self._upright, found))
        return self.drawn

    def _upright(self, path: Path) -> Path:
        return replace(path, points=tuple(point_to_upright(x, y, self.transform) for x, y in path.points))
