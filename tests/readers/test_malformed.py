"""Eighty-seven files that broke other readers: each is read, or refused by a typed error, in time."""

import json
import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pebble import ProcessPool

from tests.readers.judging import Verdict, confine, judge
from tests.readers.samples import DEV, needs_samples

_SECONDS = 30
"""Far more than any file needs on a busy machine; the slowest takes 3."""
_TRUTHS = sorted((DEV / "malformed").glob("*.json"))

_REFUSED = {
    "UnsupportedMediaType",
    "UnreadableDocument",
    "PageUnreadable",
    "EmptyDocument",
    "DocumentEncrypted",
    "DocumentTooLarge",
}
_ACCEPTED = {
    "ok": {"ok"},
    "ok_recoverable": {"ok", "UnreadableDocument", "PageUnreadable"},
    "either": {"ok"} | _REFUSED,
    "error": _REFUSED,
    "password_required": {"DocumentEncrypted"},
    "password_required_or_error": {"DocumentEncrypted", "UnreadableDocument"},
    "resource_limit": {"ok", "DocumentTooLarge", "PageUnreadable"},
    "hostile": {"ok"} | _REFUSED,
    "unsupported_or_error": _REFUSED,
    "unsupported_or_ok": {"ok", "UnsupportedMediaType"},
}


@pytest.fixture(scope="module")
def child() -> Iterator[ProcessPool]:
    """One process for all files, replaced when one of them kills or hangs it."""
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=1, context=context, initializer=confine) as pool:
        yield pool


def verdict_on(child: ProcessPool, path: Path, filename: str, password: str | None) -> Verdict:
    """Raises TimeoutError or ProcessExpired when the file hangs or kills its reader."""
    verdict: Verdict = child.schedule(judge, args=[str(path), filename, password], timeout=_SECONDS).result()
    return verdict


@needs_samples
@pytest.mark.parametrize("truth_path", _TRUTHS, ids=lambda path: path.stem)
def test_a_malformed_file_ends_as_expected_and_leaves_nothing_behind(
    child: ProcessPool, truth_path: Path
) -> None:
    truth: dict[str, Any] = json.loads(truth_path.read_text("utf-8"))
    path = truth_path.parent / Path(truth["file"]).name
    expected = truth["expect"]
    accepted = _ACCEPTED[expected["outcome"]]

    verdict = verdict_on(child, path, truth.get("upload_name") or path.name, None)

    assert verdict.outcome in accepted, f"{path.name}: {verdict}"
    assert verdict.leaked == ()
    assert str(path.parent) not in verdict.summary, "a summary names no path"
    if expected["outcome"] == "ok" and "pages" in expected:
        assert verdict.page_count == expected["pages"]
    if "password" in expected:
        opened = verdict_on(child, path, path.name, expected["password"])
        assert opened.outcome == "ok", f"{path.name} with its password: {opened}"
