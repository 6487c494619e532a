"""Which engine reads what, and what is said where none does."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from octavo.adapters.engines import models, tesseract_program
from octavo.adapters.engines.catalogue import ENGINES, Catalogue, engine_for, primary_tags
from octavo.adapters.engines.load import load_recogniser, load_second
from octavo.domain.errors import EngineUnavailable, LanguageUnavailable
from octavo.domain.job import Profile
from octavo.ports.engines import PageImage


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    tesseract_program.find_program.cache_clear()
    monkeypatch.setenv("PATH", "")
    yield
    tesseract_program.find_program.cache_clear()


def test_latin_chinese_and_unstated_languages_go_to_the_default_engine(models_dir: Path) -> None:
    for languages in [(), ("de",), ("pt-BR", "en"), ("ro",), ("zh", "en")]:
        assert Catalogue(models_dir).choose("auto", Profile.STANDARD, languages).name == "ppocrv6"


def test_languages_are_primary_tags_each_once() -> None:
    assert primary_tags(("pt-BR", "EN", "pt")) == ("en", "pt")


def test_greek_goes_to_tesseract_where_it_is_installed(models_dir: Path) -> None:
    if shutil.which("tesseract") is None or "el" not in ENGINES["tesseract"].describe(models_dir).languages:
        pytest.skip("tesseract with Greek is not installed")

    assert Catalogue(models_dir).choose("auto", Profile.STANDARD, ("el",)).name == "tesseract"


@pytest.mark.usefixtures("no_tesseract")
def test_greek_without_tesseract_says_what_to_install(models_dir: Path) -> None:
    with pytest.raises(LanguageUnavailable, match="apt install tesseract-ocr tesseract-ocr-ell"):
        Catalogue(models_dir).choose("auto", Profile.STANDARD, ("el",))


@pytest.mark.usefixtures("no_tesseract")
def test_tesseract_asked_for_by_name_says_how_to_install_it(models_dir: Path) -> None:
    with pytest.raises(EngineUnavailable, match="apt install tesseract-ocr"):
        Catalogue(models_dir).choose("tesseract", Profile.STANDARD, ())
    description = Catalogue(models_dir).describe()[1]
    assert (description.available, description.languages) == (False, ())
    assert description.reason is not None
    assert "apt install" in description.reason


def test_an_unknown_engine_names_the_ones_there_are(models_dir: Path) -> None:
    with pytest.raises(EngineUnavailable, match="auto, ppocrv6, tesseract"):
        Catalogue(models_dir).choose("abbyy", Profile.FAST, ())


def test_an_unknown_language_is_refused_by_name(models_dir: Path) -> None:
    with pytest.raises(LanguageUnavailable, match="qqq"):
        Catalogue(models_dir).choose("auto", Profile.FAST, ("qqq",))


def test_the_default_engine_refuses_what_it_cannot_read(models_dir: Path) -> None:
    with pytest.raises(LanguageUnavailable, match="ppocrv6 does not read ru"):
        load_recogniser("ppocrv6", Profile.FAST, ("ru",), models_dir)


def test_without_models_the_engine_is_described_as_unavailable(tmp_path: Path) -> None:
    description = Catalogue(tmp_path).describe()[0]

    assert not description.available
    assert "make setup" in str(description.reason)
    with pytest.raises(EngineUnavailable, match="make setup"):
        Catalogue(tmp_path).choose("auto", Profile.FAST, ())


def test_prepared_models_are_what_the_manifest_says(models_dir: Path) -> None:
    assert models.check_models(models_dir) == ()


def test_a_changed_or_missing_model_is_found(models_dir: Path, tmp_path: Path) -> None:
    for name in (models.MANIFEST, models.READ_TINY, models.DETECT_TINY):
        shutil.copy(models_dir / name, tmp_path / name)
    (tmp_path / models.DETECT_TINY).write_bytes(b"not a model")

    problems = models.check_models(tmp_path)

    assert any("detect-tiny.onnx is not the one" in problem for problem in problems)
    assert any("orientation.onnx is missing" in problem for problem in problems)
    assert not any("read-tiny-latin.onnx" in problem for problem in problems)


def test_the_digest_changes_with_a_model(models_dir: Path, tmp_path: Path) -> None:
    rows = list(models.read_manifest(models_dir))
    models.write_manifest(tmp_path, rows[1:])

    kept = Catalogue(models_dir).choose("ppocrv6", Profile.FAST, ()).digest
    changed = Catalogue(tmp_path).choose("ppocrv6", Profile.FAST, ()).digest

    assert kept != changed


def test_a_process_loads_an_engine_once(models_dir: Path) -> None:
    first = load_recogniser("auto", Profile.FAST, ("en", "de"), models_dir)

    assert load_recogniser("ppocrv6", Profile.FAST, ("de", "en-GB"), models_dir) is first


def test_auto_is_resolved_by_name_only_for_known_engines() -> None:
    assert engine_for("tesseract", ("en",)) == "tesseract"


def test_the_programs_own_networks_are_told_and_count(
    models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Catalogue(models_dir).choose("auto", Profile.STANDARD, ())
    told = {file.name for file in ENGINES["ppocrv6"].describe(models_dir).models}

    monkeypatch.setattr("octavo.adapters.engines.kinds.OWN", ("other weights",))

    assert {"layout", "symbols"} <= told
    assert Catalogue(models_dir).choose("auto", Profile.STANDARD, ()).digest != before.digest


def test_the_engine_none_is_always_there_and_reads_nothing(models_dir: Path) -> None:
    chosen = Catalogue(models_dir).choose("none", Profile.ADVANCED, ("el",))
    recogniser = load_recogniser("none", Profile.STANDARD, (), models_dir)

    assert chosen == recogniser.identity
    assert recogniser.recognise(PageImage(np.zeros((8, 8, 3), np.uint8), 72.0)) == ()
    assert load_second("none", (), models_dir) is None
