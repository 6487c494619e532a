"""The engines, in a table, and which of them reads a job."""

import hashlib
from pathlib import Path

from octavo.adapters.engines.kinds import EngineKind, PpOcrKind, TesseractKind
from octavo.adapters.engines.languages import PPOCR, TESSERACT_PACKS, debian_package, primary
from octavo.adapters.engines.no_ink import NoInkKind
from octavo.adapters.engines.vision import kind as vision
from octavo.adapters.engines.vision.endpoint import VisionSettings
from octavo.domain.document import EngineIdentity
from octavo.domain.errors import EngineUnavailable, LanguageUnavailable
from octavo.domain.job import Profile
from octavo.ports.engines import NO_INK, EngineDescription

AUTO = "auto"

ENGINES: dict[str, EngineKind] = {
    "ppocrv6": PpOcrKind(),
    "tesseract": TesseractKind(),
    NO_INK: NoInkKind(),
}


NAMES = [AUTO, *ENGINES, vision.NAME]


class Catalogue:
    """Implements `ports.engines.EngineCatalogue` over one models folder."""

    def __init__(self, models_dir: Path, vision: VisionSettings | None = None) -> None:
        self._models_dir = models_dir
        self._vision = vision

    def describe(self) -> tuple[EngineDescription, ...]:
        known = tuple(kind.describe(self._models_dir) for kind in ENGINES.values())
        return (*known, vision.describe(self._vision, known[0]))

    def choose(self, engine: str, profile: Profile, languages: tuple[str, ...]) -> EngineIdentity:
        tags = primary_tags(languages)
        chosen = engine_for(engine, tags)
        first_name = engine_for(AUTO, tags) if chosen == vision.NAME else chosen
        first = ENGINES[first_name].identity(self._models_dir, tags)
        if profile is Profile.ADVANCED and chosen != NO_INK:
            first = self._confirmed(first, first_name, tags)
        return vision.identity(self._vision, first) if chosen == vision.NAME else first

    def _confirmed(self, first: EngineIdentity, name: str, tags: tuple[str, ...]) -> EngineIdentity:
        """The digest with that of the engine that reads a second time, where there is one here."""
        try:
            second = ENGINES[second_engine(name)].identity(self._models_dir, tags)
        except (EngineUnavailable, LanguageUnavailable):
            return first
        both = hashlib.sha256(f"{first.digest}\n{second.digest}".encode()).hexdigest()
        return EngineIdentity(first.name, first.version, f"sha256:{both}")


def second_engine(first: str) -> str:
    """The name in ENGINES of the one that shares nothing with `first`."""
    return "tesseract" if first == "ppocrv6" else "ppocrv6"


def primary_tags(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Sorted, each once: `("pt-BR", "en", "pt")` is `("en", "pt")`."""
    return tuple(sorted({primary(language) for language in languages}))


def engine_for(engine: str, languages: tuple[str, ...]) -> str:
    """The name in ENGINES; `auto` is decided by language alone, so that every machine decides alike.

    Raises:
        EngineUnavailable: no engine of that name.
        LanguageUnavailable: `auto`, and nothing here reads this language.
    """
    if engine in ENGINES or engine == vision.NAME:
        return engine
    if engine != AUTO:
        raise EngineUnavailable(
            f"There is no engine {engine!r}. Use one of: {', '.join(NAMES)}.",
            engines=NAMES,
        )
    if all(language in PPOCR for language in languages):
        return "ppocrv6"
    _require_tesseract(languages)
    return "tesseract"


def _require_tesseract(languages: tuple[str, ...]) -> None:
    """Say as a fault of the language, not of the engine, that Tesseract is missing: nobody asked for it."""
    if ENGINES["tesseract"].describe(Path()).available:
        return
    unread = [language for language in languages if language not in PPOCR]
    packs = sorted({TESSERACT_PACKS[language] for language in unread if language in TESSERACT_PACKS})
    if not packs:
        raise LanguageUnavailable(f"No engine here reads {', '.join(unread)}.", missing=unread)
    packages = " ".join(["tesseract-ocr", *map(debian_package, packs)])
    raise LanguageUnavailable(
        f"Reading {', '.join(unread)} needs Tesseract. Install it with: apt install {packages}",
        missing=unread,
    )
