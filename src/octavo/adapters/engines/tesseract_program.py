"""The `tesseract` program on this machine: where it is, what it can read, what it says."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from octavo.adapters.engines.languages import TESSERACT_PACKS, debian_package
from octavo.adapters.engines.models import sha256_of
from octavo.domain.errors import EngineUnavailable, LanguageUnavailable, PageUnreadable

HOW_TO_INSTALL = "Install it with: apt install tesseract-ocr"
_NO_LANGUAGES = frozenset({"osd", "equ"})
_ASKED_QUICKLY_S = 20


@dataclass(frozen=True, slots=True)
class Program:
    path: str
    version: str
    packs: tuple[str, ...]
    """Trained data that is installed, by Tesseract's name."""
    packs_dir: str

    def packs_for(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """The packs that read these languages, English last, because most pages hold some.

        Raises:
            LanguageUnavailable: no such pack exists, or it is not installed; says what to install.
        """
        wanted = [_pack(language) for language in languages]
        missing = sorted({pack for pack in wanted if pack not in self.packs})
        if missing:
            packages = " ".join(debian_package(pack) for pack in missing)
            raise LanguageUnavailable(
                f"Tesseract has no data for {', '.join(missing)} here. Install it with: apt install {packages}",
                missing=missing,
            )
        if "eng" in self.packs:
            wanted.append("eng")
        return tuple(dict.fromkeys(wanted))

    def pack_digest(self, pack: str) -> str:
        return _digest(f"{self.packs_dir}/{pack}.traineddata")

    def read_tsv(self, picture: bytes, packs: tuple[str, ...], dpi: float, limit_s: float) -> str:
        """Read one picture (PNG or PNM); the answer is Tesseract's TSV.

        Raises:
            PageUnreadable: it failed or took longer than `limit_s`.
        """
        command = [self.path, "stdin", "stdout", "-l", "+".join(packs), "--dpi", str(round(dpi)), "tsv"]
        try:
            done = subprocess.run(
                command, input=picture, capture_output=True, timeout=limit_s, env=_one_thread(), check=True
            )
        except subprocess.TimeoutExpired as error:
            raise PageUnreadable(f"Tesseract did not finish this page within {limit_s:.0f} s.") from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise PageUnreadable("Tesseract could not read this page.") from error
        return done.stdout.decode("utf-8", errors="replace")


@cache
def find_program() -> Program:
    """Looked for once a process. Raises `EngineUnavailable` that says what to install."""
    path = shutil.which("tesseract")
    if path is None:
        raise EngineUnavailable(f"Tesseract is not installed. {HOW_TO_INSTALL}")
    version = re.search(r"tesseract v?(\S+)", _ask(path, "--version"))
    listing = _ask(path, "--list-langs")
    folder = re.search(r'languages in "(.+?)/?"', listing)
    packs = tuple(line.strip() for line in listing.splitlines()[1:] if line.strip())
    if version is None or not packs:
        raise EngineUnavailable("Tesseract is installed but has no languages. Install tesseract-ocr-eng.")
    return Program(
        path, version[1], tuple(p for p in packs if p not in _NO_LANGUAGES), folder[1] if folder else ""
    )


def _ask(path: str, option: str) -> str:
    try:
        done = subprocess.run(
            [path, option], capture_output=True, timeout=_ASKED_QUICKLY_S, env=_one_thread(), check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise EngineUnavailable("Tesseract is installed but does not start. Reinstall it.") from error
    return (done.stdout or done.stderr).decode("utf-8", errors="replace")


def _one_thread() -> dict[str, str]:
    """A child process a core does better than OpenMP's threads; the rest of the environment stays."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def _pack(language: str) -> str:
    try:
        return TESSERACT_PACKS[language]
    except KeyError:
        raise LanguageUnavailable(
            f"No engine here reads the language {language!r}. Use BCP 47 tags such as de or zh.",
            language=language,
        ) from None


@cache
def _digest(path: str) -> str:
    try:
        return sha256_of(Path(path))
    except OSError:
        return "unknown"
