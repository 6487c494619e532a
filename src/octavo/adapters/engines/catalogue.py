"""The engines, in a table, and which of them reads a job."""

from pathlib import Path

from octavo.adapters.engines.kinds import EngineKind, PpOcrKind, TesseractKind
from octavo.adapters.engines.languages import PPOCR, TESSERACT_PACKS, debian_package, primary
from octavo.adapters.engines.vision import kind as vision
from octavo.adapters.engines.vision.endpoint import VisionSettings
from octavo.domain.document import EngineIdentity
from octavo.domain.errors import EngineUnavailable, LanguageUnavailable
from octavo.domain.job import Profile
from octavo.ports.engines import EngineDescription

AUTO = "auto"

ENGINES: dict[str, EngineKind] = {"ppocrv6": PpOcrKind(), "tesseract": TesseractKind()}


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
        del profile  # every engine has all three, with the same models
        tags = primary_tags(languages)
        chosen = engine_for(engine, tags)
        if chosen == vision.NAME:
            first = ENGINES[engine_for(AUTO, tags)].identity(self._models_dir, tags)
            return vision.identity(self._vision, first)
        return ENGINES[chosen].identity(self._models_dir, tags)


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
