"""The row of the catalogue: there when an endpoint is configured."""

import hashlib

from octavo.adapters.engines.vision.endpoint import VisionSettings
from octavo.domain.document import EngineIdentity
from octavo.domain.errors import EngineUnavailable
from octavo.domain.job import Profile
from octavo.ports.engines import EngineDescription

NAME = "vision"
BEHAVIOUR = "1"
"""Raise it when our code around the model changes what comes out."""
_HOW_TO = (
    "Set OCTAVO_VISION_URL and OCTAVO_VISION_MODEL to an OpenAI-compatible endpoint that takes pictures."
)


def describe(settings: VisionSettings | None, first: EngineDescription) -> EngineDescription:
    """`first` is the engine that finds the ink; without it there is nothing to admit."""
    return EngineDescription(
        name=NAME,
        version=BEHAVIOUR,
        digest=_digest(settings, first.digest),
        profiles=tuple(Profile),
        languages=first.languages,
        models=(),
        available=settings is not None and first.available,
        reason=first.reason if settings else _HOW_TO,
    )


def identity(settings: VisionSettings | None, first: EngineIdentity) -> EngineIdentity:
    """Raises `EngineUnavailable` where no endpoint is configured."""
    if settings is None:
        raise EngineUnavailable(f"The engine {NAME} is not set up here. {_HOW_TO}")
    return EngineIdentity(NAME, BEHAVIOUR, _digest(settings, first.digest))


def _digest(settings: VisionSettings | None, first: str) -> str:
    """Another model or prompt reads otherwise. The endpoint's own updates cannot be seen from here."""
    parts = [BEHAVIOUR, first, *([settings.model, settings.prompt] if settings else [])]
    return "sha256:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()
