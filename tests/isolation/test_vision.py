"""A vision-language model as second reader: a real endpoint in a process of its own, real children."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.isolation import vision_server

from octavo.adapters.engines.catalogue import Catalogue
from octavo.adapters.engines.models import check_models, default_models_dir
from octavo.adapters.engines.vision.endpoint import VisionEndpoint, VisionSettings
from octavo.adapters.isolation import ChildPool
from octavo.domain.document import Page
from octavo.domain.errors import EngineUnavailable, TemporaryFailure
from octavo.domain.job import Profile
from octavo.exporters.document_file import decode_page
from octavo.ports.isolation import ReadRequest
from octavo.ports.readers import Limits

pytestmark = pytest.mark.skipif(
    bool(check_models(default_models_dir())), reason="the reading models are not prepared; run `make setup`"
)

PRINTED = ["The harvest of the year was poor", "Invoice 4711 of 3 May", "Total to pay 1234.50 EUR"]
SPELLED = ["The harvést of the year was poor", "Invoice 4712 of 3 May", "Total to pay 9999.99 EUR"]
ANSWERS = {
    "spells": "\n".join(SPELLED),
    "loops": "\n".join(SPELLED) + "\nthe end of the page" * 300,
    "invents": "\n".join(PRINTED) + "\nSigned by the Duke of Burgundy in the presence of his seven sons.",
    "dreams": "I cannot see any picture, but here is a poem about the sea and the stars above it.",
    "busy": 503,
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("vision")
    (folder / "answers.json").write_text(json.dumps(ANSWERS), encoding="utf-8")
    told = folder / "port"
    server = subprocess.Popen([sys.executable, vision_server.__file__, told, folder / "answers.json"])
    try:
        deadline = time.monotonic() + 30
        while not told.exists() or not told.read_text(encoding="utf-8"):
            assert server.poll() is None, "the endpoint did not start"
            assert time.monotonic() < deadline, "the endpoint took too long"
        yield int(told.read_text(encoding="utf-8"))
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    picture = Image.new("RGB", (1240, 900), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(44)
    for row, text in enumerate(PRINTED):
        draw.text((120, 150 + 160 * row), text, fill="black", font=font)
    picture.save(tmp_path / "scan.png", dpi=(150, 150))
    return tmp_path / "scan.png"


async def read(scan: Path, port: int, model: str, key: str = vision_server.KEY) -> Page:
    settings = VisionSettings(f"http://127.0.0.1:{port}/v1", model, key, timeout_s=20)
    endpoint = VisionEndpoint(settings)
    request = ReadRequest(scan, "image/png", None, (1,), "vision", Profile.STANDARD, (), 30.0)
    try:
        async with ChildPool(
            1,
            default_models_dir(),
            Limits(),
            60.0,
            2 * 2**30,
            scan.parent,
            readable=(scan.parent,),
            vision=endpoint,
            vision_timeout_s=20,
        ) as pool:
            (outcome,) = await pool.read(request)
    finally:
        await endpoint.close()
    assert outcome.frame is not None
    return decode_page(outcome.frame)


async def test_it_spells_but_figures_stay_as_the_ink_has_them(scan: Path, port: int) -> None:
    page = await read(scan, port, "spells")

    assert "harvést" in page.text
    assert "4711" in page.text
    assert "1234.50" in page.text
    assert "9999" not in page.text
    assert page.engine == "vision"


async def test_a_loop_is_cut_and_flagged(scan: Path, port: int) -> None:
    page = await read(scan, port, "loops")

    assert "vision_loop_cut" in page.notes
    assert "the end of the page" not in page.text


async def test_an_invention_is_cut_and_flagged(scan: Path, port: int) -> None:
    page = await read(scan, port, "invents")

    assert "vision_invention_cut" in page.notes
    assert "Burgundy" not in page.text
    assert "harvest" in page.text


async def test_an_answer_about_something_else_is_rejected(scan: Path, port: int) -> None:
    page = await read(scan, port, "dreams")

    assert "vision_answer_rejected" in page.notes
    assert "Invoice 4711" in page.text


async def test_an_endpoint_that_is_busy_is_asked_again_later(scan: Path, port: int) -> None:
    with pytest.raises(TemporaryFailure, match="503"):
        await read(scan, port, "busy")


async def test_an_endpoint_that_refuses_says_which_setting_to_look_at(scan: Path, port: int) -> None:
    with pytest.raises(EngineUnavailable, match="OCTAVO_VISION_API_KEY"):
        await read(scan, port, "spells", key="wrong")
    with pytest.raises(EngineUnavailable, match="OCTAVO_VISION_MODEL"):
        await read(scan, port, "unheard-of")


async def test_an_endpoint_that_is_away_is_a_temporary_failure(scan: Path) -> None:
    with pytest.raises(TemporaryFailure, match="could not be reached"):
        await read(scan, 9, "spells")


def test_without_settings_the_engine_says_how_to_set_it_up() -> None:
    catalogue = Catalogue(default_models_dir())

    with pytest.raises(EngineUnavailable, match="OCTAVO_VISION_URL"):
        catalogue.choose("vision", Profile.STANDARD, ())
    assert catalogue.describe()[-1].available is False


def test_another_prompt_is_another_digest() -> None:
    digests = {
        Catalogue(default_models_dir(), VisionSettings("http://x/v1", "m", None, prompt))
        .choose("vision", Profile.STANDARD, ())
        .digest
        for prompt in ("Read.", "Write.")
    }

    assert len(digests) == 2
