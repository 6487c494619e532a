"""Who reads a page: our whole path, its bare engine, and other programs; each on one thread."""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable
from ctypes import byref, c_double
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium_c

from octavo.adapters.engines.load import load_layout, load_orienter, load_recogniser
from octavo.adapters.isolation.settle import settle
from octavo.adapters.readers.table import inspect_source, open_source
from octavo.domain.job import Profile
from octavo.exporters.document_file import encode_page
from octavo.pipeline.read import read_page
from octavo.pipeline.recognise import dpi_for
from octavo.ports.engines import PageImage
from octavo.ports.readers import LoadedPage, Reader

ENGINE = "ppocrv6"


class NotInstalled(Exception):
    """The message says what is missing."""


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A page in an open document, and its picture for those who want only that."""

    name: str
    path: Path
    reader: Reader
    number: int
    image: PageImage | None
    """As our path renders it; None for pages that are not read from ink."""


Way = Callable[[SamplePage], object]


def open_pages(path: Path, numbers: list[int], *, scanned: bool) -> list[SamplePage]:
    """The reader stays open: a child keeps its document open between slices, too."""
    reader = open_source(path, inspect_source(path).media_type)
    pages = []
    for number in numbers:
        image = None
        if scanned:
            loaded = reader.load(number)
            assert isinstance(loaded, LoadedPage)
            image = loaded.render(dpi_for(loaded))
        pages.append(SamplePage(f"{path.stem} p{number}", path, reader, number, image))
    return pages


def page_count(path: Path) -> int:
    return inspect_source(path).page_count


def whole_path(models_dir: Path, profile: Profile) -> Way:
    """From the open file to the bytes that are checkpointed: what a child does for a page."""
    recogniser = load_recogniser(ENGINE, profile, (), models_dir)
    orienter, roles = load_orienter(models_dir), load_layout()
    settle()

    def read(page: SamplePage) -> object:
        return encode_page(
            read_page(page.reader, page.number, recogniser=recogniser, orienter=orienter, roles=roles)
        )

    return read


def bare_engine(models_dir: Path, profile: Profile) -> Way:
    """Detection and recognition on a picture that is there already."""
    recogniser = load_recogniser(ENGINE, profile, (), models_dir)
    return lambda page: recogniser.recognise(_image(page))


def stock_rapidocr(_: Path) -> Way:
    """As its makers deliver it, with the models in its wheel named, so that it fetches nothing."""
    try:
        import rapidocr  # type: ignore[import-not-found, unused-ignore]
    except ImportError as error:
        raise NotInstalled("rapidocr is not installed; see requirements/bench.in") from error
    models = Path(rapidocr.__file__).parent / "models"
    engine = rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
        }
    )
    return lambda page: engine(np.ascontiguousarray(_image(page).pixels[:, :, ::-1]))


def tesseract(_: Path) -> Way:
    """Its program, one thread, English, started for each page as its users do."""
    program = shutil.which("tesseract")
    if program is None:
        raise NotInstalled("tesseract is not on the PATH")
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    def read(page: SamplePage) -> object:
        image = _image(page)
        picture = cv2.imencode(".ppm", np.ascontiguousarray(image.pixels[:, :, ::-1]))[1].tobytes()
        command = [program, "stdin", "stdout", "-l", "eng", "--dpi", str(round(image.dpi)), "tsv"]
        return subprocess.run(command, input=picture, capture_output=True, check=True, env=environment).stdout

    return read


class BarePdfium:
    """pypdfium2 with its documents kept open."""

    def __init__(self) -> None:
        self._open: dict[Path, pypdfium2.PdfDocument] = {}

    def text(self, page: SamplePage) -> object:
        text_page = self._page(page).get_textpage()
        return text_page.get_text_range()

    def text_and_boxes(self, page: SamplePage) -> object:
        """Text, and the box of every character through the library's own method."""
        text_page = self._page(page).get_textpage()
        return text_page.get_text_range(), [text_page.get_charbox(i) for i in range(text_page.count_chars())]

    def text_and_raw_boxes(self, page: SamplePage) -> object:
        """The same through the C function itself: the least that Python can spend on it."""
        text_page = self._page(page).get_textpage()
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        ask, handle, boxes = pdfium_c.FPDFText_GetCharBox, text_page.raw, []
        for index in range(text_page.count_chars()):
            ask(handle, index, byref(left), byref(right), byref(bottom), byref(top))
            boxes.append((left.value, bottom.value, right.value, top.value))
        return text_page.get_text_range(), boxes

    def _page(self, page: SamplePage) -> pypdfium2.PdfPage:
        document = self._open.get(page.path)
        if document is None:
            document = self._open[page.path] = pypdfium2.PdfDocument(page.path)
        return document[page.number - 1]


def cpu_now() -> float:
    """User and system seconds of this process and of the finished programs it started."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _image(page: SamplePage) -> PageImage:
    if page.image is None:
        raise RuntimeError(f"{page.name} was not rendered")
    return page.image
