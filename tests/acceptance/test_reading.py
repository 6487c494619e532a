"""Each kind of file, submitted as a stranger would, compared with what is written on it."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.acceptance.harness import Client, word_f1

SAMPLES = {
    "old-book-scans": ("pdf", 0.95),
    "water-report": ("pdf", 0.97),
    "receipt-photo": ("jpg", 0.90),
    "delivery-papers": ("tiff", 0.93),
    "pump-inspection": ("pdf", 0.93),
    "booking-screenshot": ("png", 0.90),
}


KINDS = {
    "bmp": "image/bmp",
    "gif": "image/gif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "heic": "image/heic",
}


def truth_of(samples: Path, name: str) -> dict[str, Any]:
    return dict(json.loads((samples / "truth" / f"{name}.json").read_text()))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_is_read_as_it_is_written(client: Client, samples: Path, name: str) -> None:
    extension, least = SAMPLES[name]
    truth = truth_of(samples, name)

    job = client.submit(samples / f"{name}.{extension}", languages=truth["language"])
    ended = client.finished(job["id"])

    assert ended["status"] == "completed", ended
    assert ended["progress"]["percent"] == 100
    assert ended["progress"]["pages_total"] == len(truth["pages"])
    document = client.document(job["id"])
    for page, expected in zip(document["pages"], truth["pages"], strict=True):
        read = "\n".join(block["text"] for block in page["blocks"])
        furniture = "\n".join(truth.get("furniture", []))
        assert word_f1(expected["text"] + "\n" + furniture, read) >= least - 0.1, (
            f"page {page['page']}:\n{read}"
        )
    whole = "\n".join(page["text"] for page in truth["pages"])
    furniture = "\n".join(truth.get("furniture", []) * len(truth["pages"]))
    assert word_f1(whole + "\n" + furniture, client.text(job["id"])) >= least


@pytest.mark.parametrize("kind", ["bmp", "gif", "webp", "jpg", "heic"])
def test_the_same_picture_reads_the_same_in_every_kind_of_file(
    client: Client, samples: Path, tmp_path: Path, kind: str
) -> None:
    truth = truth_of(samples, "booking-screenshot")["pages"][0]["text"]
    path = Path(__file__).parent / "kinds" / "booking-screenshot.heic"
    if kind != "heic":
        path = tmp_path / f"shot.{kind}"
        Image.open(samples / "booking-screenshot.png").convert("RGB").save(path)

    job = client.finished(client.submit(path, name="a-name-that-says-nothing", languages="de")["id"])

    assert (job["status"], job["media_type"]) == ("completed", KINDS[kind])
    assert word_f1(truth, client.text(job["id"])) > 0.95


def test_pages_that_lie_or_stand_on_their_head_are_set_upright(client: Client, samples: Path) -> None:
    truth = truth_of(samples, "delivery-papers")

    job = client.finished(client.submit(samples / "delivery-papers.tiff")["id"])

    turned = [page["transform"]["rotation"] for page in client.document(job["id"])["pages"]]
    assert turned == truth["upright_rotations"]


def test_a_text_layer_is_verified_and_ink_is_inferred(client: Client, samples: Path) -> None:
    job = client.finished(client.submit(samples / "pump-inspection.pdf")["id"])

    pages = client.document(job["id"])["pages"]

    first = {block["text_source"] for block in pages[0]["blocks"] if block["text"]}
    second = {block["text_source"] for block in pages[1]["blocks"] if block["text"]}
    assert first == {"verified", "inferred"}, "typed text beside a photograph with text in it"
    assert second == {"inferred"}


def test_markdown_keeps_the_headings_of_a_two_column_report(client: Client, samples: Path) -> None:
    truth = truth_of(samples, "water-report")
    job = client.finished(client.submit(samples / "water-report.pdf")["id"])

    markdown = client.request("GET", f"/v1/jobs/{job['id']}/result", params={"format": "markdown"}).text

    lines = [line.lstrip("# ").strip() for line in markdown.splitlines() if line.startswith("#")]
    missing = [heading["text"] for heading in truth["headings"] if heading["text"] not in lines]
    assert len(missing) <= len(truth["headings"]) // 5, f"headings not found: {missing}; found: {lines}"


def test_both_engines_read_the_same_page(client: Client, samples: Path) -> None:
    engines = {engine["name"]: engine for engine in client.request("GET", "/v1/engines").json()["engines"]}
    if not engines["tesseract"]["available"]:
        pytest.skip(engines["tesseract"]["reason"])
    truth = truth_of(samples, "old-book-scans")["pages"][0]["text"]

    jobs = [
        client.submit(samples / "old-book-scans.pdf", engine=engine, pages="1", languages="en")
        for engine in ("ppocrv6", "tesseract")
    ]
    read = {job["engine"]["name"]: client.text(client.finished(job["id"])["id"]) for job in jobs}

    assert {name for name, text in read.items() if word_f1(truth, text) > 0.9} == {"ppocrv6", "tesseract"}


def test_real_receipts_and_scans_are_read(client: Client, data: Path) -> None:
    scores = {}
    for name in ("sroie/sroie_005", "ocr_pages/tess_phototest", "ocr_pages/tess_phototest_rot180"):
        truth = json.loads((data / f"{name}.json").read_text())
        job = client.finished(client.submit(data / name.split("/")[0] / truth["file"])["id"])
        assert job["status"] == "completed", job
        scores[name] = word_f1(truth["text"], client.text(job["id"]))

    assert scores["sroie/sroie_005"] > 0.75, scores
    assert min(scores["ocr_pages/tess_phototest"], scores["ocr_pages/tess_phototest_rot180"]) > 0.95, scores


def test_phrases_of_a_long_digital_book_stand_on_their_pages(client: Client, data: Path) -> None:
    truth = json.loads((data / "large" / "debian_reference.json").read_text())
    job = client.finished(client.submit(data / "large" / truth["file"])["id"])
    assert job["status"] == "completed", job

    document = client.document(job["id"])

    pages = {page["page"]: "\n".join(block["text"] for block in page["blocks"]) for page in document["pages"]}
    assert len(pages) == truth["pages"]
    good = [
        check for check in truth["page_checks"] if word_recall(check["contains"], pages[check["page"]]) > 0.9
    ]
    assert len(good) >= 0.97 * len(truth["page_checks"])


def word_recall(wanted: str, read: str) -> float:
    words = set(read.split())
    return sum(1 for word in wanted.split() if word in words) / max(1, len(wanted.split()))


def test_a_page_selection_reads_only_those_pages(client: Client, samples: Path) -> None:
    job = client.finished(client.submit(samples / "old-book-scans.pdf", pages="2,4-5", profile="fast")["id"])

    assert [page["page"] for page in client.document(job["id"])["pages"]] == [2, 4, 5]
    assert job["progress"]["pages_total"] == 3
