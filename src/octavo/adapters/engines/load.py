"""How a child process gets its engine: loaded once, kept while the same kind of work comes."""

from functools import lru_cache
from pathlib import Path

from octavo.adapters.engines.calibration.apply import Calibrated, curve_for
from octavo.adapters.engines.catalogue import ENGINES, engine_for, primary_tags, second_engine
from octavo.domain.errors import EngineUnavailable, LanguageUnavailable
from octavo.domain.job import Profile
from octavo.ports.engines import NO_INK, LineRoles, Orienter, Recogniser

_KEPT = 2
"""Recognisers a process holds: two tenants taking turns do not reload, and memory stays bounded."""


def load_recogniser(name: str, profile: Profile, languages: tuple[str, ...], models_dir: Path) -> Recogniser:
    """The engine of that name (or `auto`), the same object as long as the same is asked for.

    Raises:
        EngineUnavailable, LanguageUnavailable: as `Catalogue.choose`, for this machine.
    """
    tags = primary_tags(languages)
    chosen = engine_for(name, tags)
    if chosen not in ENGINES:
        raise EngineUnavailable(f"The engine {chosen} reads jobs only; it is no engine of its own.")
    return _recogniser(chosen, profile, tags, models_dir)


@lru_cache(maxsize=_KEPT)
def _recogniser(name: str, profile: Profile, languages: tuple[str, ...], models_dir: Path) -> Recogniser:
    curve = curve_for(name, profile)
    return Calibrated(ENGINES[name].load(models_dir, profile, languages), curve)


def load_second(first: str, languages: tuple[str, ...], models_dir: Path) -> Recogniser | None:
    """An engine that shares nothing with `first` and reads these languages; None where there is none here."""
    chosen = engine_for(first, primary_tags(languages))
    if chosen == NO_INK:
        return None
    other = second_engine(chosen)
    try:
        return load_recogniser(other, Profile.ADVANCED, languages, models_dir)
    except (EngineUnavailable, LanguageUnavailable):
        return None


@lru_cache(maxsize=1)
def load_orienter(models_dir: Path) -> Orienter:
    """Raises `EngineUnavailable` where the models are not prepared."""
    from octavo.adapters.engines.orient import PageOrienter

    return PageOrienter(models_dir)


@lru_cache(maxsize=1)
def load_layout() -> LineRoles:
    """The layout model, which is part of the program. Raises `EngineUnavailable` where it is damaged."""
    from octavo.adapters.engines.layout.network import LayoutNetwork

    return LayoutNetwork()
