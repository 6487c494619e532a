"""The engine `none`: reads no ink. What a document's own text does not say stays unread."""

from pathlib import Path

from octavo.adapters.engines.kinds import OWN, digest_of
from octavo.domain.document import EngineIdentity, Line
from octavo.domain.job import Profile
from octavo.ports.engines import NO_INK, EngineDescription, PageImage

VERSION = "1"


class NoInk:
    """Implements `ports.engines.Recogniser`."""

    identity = EngineIdentity(NO_INK, VERSION, digest_of([NO_INK, VERSION, *OWN]))

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        del image
        return ()


class NoInkKind:
    """For documents that bring their own text: converted as they are, scans stay pictures."""

    def describe(self, models_dir: Path) -> EngineDescription:
        del models_dir
        return EngineDescription(
            name=NO_INK,
            version=VERSION,
            digest=NoInk.identity.digest,
            profiles=tuple(Profile),
            languages=(),
            models=(),
            available=True,
            reason=None,
        )

    def identity(self, models_dir: Path, languages: tuple[str, ...]) -> EngineIdentity:
        del models_dir, languages
        return NoInk.identity

    def load(self, models_dir: Path, profile: Profile, languages: tuple[str, ...]) -> NoInk:
        del models_dir, profile, languages
        return NoInk()
