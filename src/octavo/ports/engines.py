"""What reads ink, and what is known about it without loading it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import EngineIdentity, Line
from octavo.domain.geometry import Rotation
from octavo.domain.job import Profile

NO_INK = "none"
"""The engine that reads nothing: a document's own text is taken as it is."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page (or a part of one) as pixels: uint8, height x width x 3, RGB."""

    pixels: NDArray[np.uint8]
    dpi: float
    """Pixels per inch of paper, as best known; 72 x pixels / points."""

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


class Recogniser(Protocol):
    """One engine, loaded, in one child process; never shared between threads."""

    @property
    def identity(self) -> EngineIdentity: ...

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        """Read the words of an upright image.

        Returns:
            Lines with words whose boxes are fractions of `image`, top-left origin, in the order
            the engine found them, which is **not** reading order. Every word has `Origin.OCR`.
            `Line.font_size` is points, measured from the ink.
        """
        ...


@dataclass(frozen=True, slots=True)
class SecondReading:
    """A page's lines after somebody else has looked at them."""

    lines: tuple[Line, ...]
    """The lines given, in their order, each with its words and their boxes."""
    notes: tuple[str, ...]
    """Codes worth telling on the page."""


@runtime_checkable
class SecondReader(Protocol):
    """What some recognisers can do beside: look at a whole page they have read, once more."""

    def read_again(self, image: PageImage, lines: tuple[Line, ...]) -> SecondReading:
        """May change spelling and confidence, never add, drop or move a word.

        Raises:
            EngineUnavailable, TemporaryFailure: whoever is asked is not there.
        """
        ...


class SymbolNamer(Protocol):
    """What names single symbols of a formula in a picture."""

    @property
    def labels(self) -> tuple[str, ...]:
        """LaTeX of each; upright letters begin with `rm:`."""
        ...

    @property
    def measures(self) -> Mapping[str, tuple[float, float]]:
        """Of each label: its ink above and below the baseline, in font sizes."""
        ...

    def chances(self, symbols: NDArray[np.float32]) -> NDArray[np.float32]:
        """Args: count x 1 x 32 x 32, ink 1.0 on 0.0. Returns: count x len(labels), each row adds up to 1."""
        ...


class Orienter(Protocol):
    def orientation(self, image: PageImage) -> tuple[Rotation, float]:
        """Degrees the image must be turned clockwise to stand upright, and how sure (0.0-1.0)."""
        ...


class LineRoles(Protocol):
    """The layout model: what each line of a page is, from its place and looks."""

    def roles(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities, one line for each row of `pipeline.structure.features.row_features`.

        Returns:
            The roles of `pipeline.structure.role_names.ROLES` in their order, summing to 1; then, last,
            that the row begins a block.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelFile:
    name: str
    sha256: str
    licence: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class EngineDescription:
    """One engine as `GET /v1/engines` and `octavo doctor` show it."""

    name: str
    version: str
    digest: str
    profiles: tuple[Profile, ...]
    languages: tuple[str, ...]
    """BCP 47 primary tags it was measured or documented to read."""
    models: tuple[ModelFile, ...]
    available: bool
    reason: str | None
    """Why it is not available, and what to install."""


class EngineCatalogue(Protocol):
    """Cheap to ask in any process: no model is loaded."""

    def describe(self) -> tuple[EngineDescription, ...]: ...

    def choose(self, engine: str, profile: Profile, languages: tuple[str, ...]) -> EngineIdentity:
        """The engine that will read: `auto` picks by language.

        Raises:
            EngineUnavailable: no engine of that name here; says which there are.
            LanguageUnavailable: none that reads this language; says what to install.
        """
        ...
