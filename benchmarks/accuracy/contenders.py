"""Who reads: our engines by profile, and bare engines as their makers deliver them."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from benchmarks.accuracy.sets import TestPage
from octavo.adapters.engines.languages import TESSERACT_PACKS
from octavo.adapters.engines.load import load_recogniser
from octavo.domain.document import Line
from octavo.domain.job import Profile
from octavo.ports.engines import PageImage

Read = Callable[[TestPage], str]


class NotInstalled(Exception):
    """The message says what is missing."""


def _ours(profile: Profile) -> Callable[[Path], Read]:
    def opened(models_dir: Path) -> Read:
        recogniser = load_recogniser("ppocrv6", profile, (), models_dir)
        return lambda page: in_rows(recogniser.recognise(PageImage(page.pixels, page.dpi)))

    return opened


def in_rows(lines: tuple[Line, ...]) -> str:
    """Lines from top to bottom, side by side ones from left to right: enough to join hyphenated words."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.bbox.center[1]):
        if rows and line.bbox.center[1] < rows[-1][0].bbox.y1:
            rows[-1].append(line)
        else:
            rows.append([line])
    return "\n".join(line.text for row in rows for line in sorted(row, key=lambda line: line.bbox.x0))


def _tesseract(_: Path) -> Read:
    program = shutil.which("tesseract")
    if program is None:
        raise NotInstalled("tesseract is not on the PATH")
    listing = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=True).stdout
    packs = set(listing.split())

    def read(page: TestPage) -> str:
        pack = TESSERACT_PACKS.get(page.language, "eng")
        wanted = "+".join(dict.fromkeys(name for name in (pack, "eng") if name in packs))
        picture = cv2.imencode(".ppm", np.ascontiguousarray(page.pixels[:, :, ::-1]))[1].tobytes()
        command = [program, "stdin", "stdout", "-l", wanted, "--dpi", str(round(page.dpi))]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        done = subprocess.run(command, input=picture, capture_output=True, check=True, env=environment)
        return done.stdout.decode("utf-8", errors="replace")

    return read


def _rapidocr(_: Path) -> Read:
    try:
        from rapidocr import RapidOCR  # type: ignore[import-not-found, unused-ignore]
    except ImportError as error:
        raise NotInstalled("rapidocr is not installed (requirements/bench.in)") from error
    engine = RapidOCR(
        params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1}
    )

    def read(page: TestPage) -> str:
        found = engine(np.ascontiguousarray(page.pixels[:, :, ::-1]))
        return "\n".join(found.txts or ())

    return read


CONTENDERS: dict[str, Callable[[Path], Read]] = {
    "octavo-fast": _ours(Profile.FAST),
    "octavo-standard": _ours(Profile.STANDARD),
    "octavo-advanced": _ours(Profile.ADVANCED),
    "tesseract": _tesseract,
    "rapidocr": _rapidocr,
}
