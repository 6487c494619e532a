"""What is known of each engine without loading it, and how it is loaded."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Protocol

from octavo.adapters.engines import layout, models, symbols
from octavo.adapters.engines.languages import PPOCR, TESSERACT_PACKS
from octavo.adapters.engines.tesseract_program import find_program
from octavo.domain.document import EngineIdentity
from octavo.domain.errors import EngineUnavailable, LanguageUnavailable
from octavo.domain.job import Profile
from octavo.ports.engines import EngineDescription, ModelFile, Recogniser

OWN = (layout.DIGEST, symbols.DIGEST)
"""Of the networks that are part of the program, and of what every engine's pages become."""
BEHAVIOUR = {"ppocrv6": "2", "tesseract": "2"}
"""Raise an engine's number whenever our code around it changes what comes out: cached results end with it."""


class EngineKind(Protocol):
    """One row of ENGINES. Languages are primary tags; empty means "not stated"."""

    def describe(self, models_dir: Path) -> EngineDescription: ...

    def identity(self, models_dir: Path, languages: tuple[str, ...]) -> EngineIdentity:
        """Raises `EngineUnavailable`, `LanguageUnavailable`; both say what to install."""
        ...

    def load(self, models_dir: Path, profile: Profile, languages: tuple[str, ...]) -> Recogniser:
        """Raises as `identity` does."""
        ...


class PpOcrKind:
    """The default: every Latin script, Chinese, Japanese."""

    def describe(self, models_dir: Path) -> EngineDescription:
        own: tuple[ModelFile, ...]
        try:
            prepared = tuple(model.to_model_file() for model in models.read_manifest(models_dir))
            own, reason = (layout.model_file(), symbols.model_file()), None
        except EngineUnavailable as error:
            prepared, own, reason = (), (), error.summary
        return EngineDescription(
            name="ppocrv6",
            version=_ppocr_version(),
            digest=_ppocr_digest(file.sha256 for file in prepared),
            profiles=tuple(Profile),
            languages=tuple(sorted(PPOCR)),
            models=prepared + own,
            available=reason is None,
            reason=reason,
        )

    def identity(self, models_dir: Path, languages: tuple[str, ...]) -> EngineIdentity:
        unread = [language for language in languages if language not in PPOCR]
        if unread:
            raise LanguageUnavailable(
                f"ppocrv6 does not read {', '.join(unread)}. Use the engine auto or tesseract.",
                missing=unread,
            )
        digest = _ppocr_digest(model.sha256 for model in models.read_manifest(models_dir))
        return EngineIdentity("ppocrv6", _ppocr_version(), digest)

    def load(self, models_dir: Path, profile: Profile, languages: tuple[str, ...]) -> Recogniser:
        from octavo.adapters.engines.ppocr.engine import PpOcrV6

        return PpOcrV6(self.identity(models_dir, languages), models_dir, profile, languages)


class TesseractKind:
    """The second engine, where its program is installed: Greek, Cyrillic, Arabic, Indic, Korean and more."""

    def describe(self, models_dir: Path) -> EngineDescription:
        del models_dir  # it has its own data
        try:
            program = find_program()
        except EngineUnavailable as error:
            return _tesseract_description("unknown", (), digest_of(["tesseract"]), error.summary)
        languages = tuple(sorted(tag for tag, pack in TESSERACT_PACKS.items() if pack in program.packs))
        digest = digest_of(["tesseract", _tesseract_version(program.version), *program.packs])
        return _tesseract_description(_tesseract_version(program.version), languages, digest, None)

    def identity(self, models_dir: Path, languages: tuple[str, ...]) -> EngineIdentity:
        del models_dir
        program = find_program()
        packs = program.packs_for(languages or ("en",))
        version = _tesseract_version(program.version)
        digests = [f"{pack}:{program.pack_digest(pack)}" for pack in packs]
        return EngineIdentity("tesseract", version, digest_of(["tesseract", version, *OWN, *digests]))

    def load(self, models_dir: Path, profile: Profile, languages: tuple[str, ...]) -> Recogniser:
        from octavo.adapters.engines.tesseract import Tesseract

        program = find_program()
        packs = program.packs_for(languages or ("en",))
        return Tesseract(self.identity(models_dir, languages), program, profile, packs)


def _tesseract_description(
    version: str, languages: tuple[str, ...], digest: str, reason: str | None
) -> EngineDescription:
    return EngineDescription(
        name="tesseract",
        version=version,
        digest=digest,
        profiles=tuple(Profile),
        languages=languages,
        models=(),
        available=reason is None,
        reason=reason,
    )


def _ppocr_version() -> str:
    return f"6.{BEHAVIOUR['ppocrv6']}"


def _tesseract_version(program_version: str) -> str:
    return f"{program_version}+{BEHAVIOUR['tesseract']}"


def _ppocr_digest(model_digests: Iterable[str]) -> str:
    """Every model counts in every profile: any of them may be asked for a page's odd line."""
    try:
        runtime = installed_version("onnxruntime")
    except PackageNotFoundError:
        runtime = "none"
    return digest_of(["ppocrv6", _ppocr_version(), runtime, *OWN, *sorted(model_digests)])


def digest_of(parts: list[str]) -> str:
    """`sha256:` over them all."""
    return "sha256:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()
