"""A two-column paper made with reportlab, read by the real PDF reader."""

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph
from tests.pipeline.fakes import FakeRecogniser

from octavo.adapters.readers.table import open_source
from octavo.domain.document import Page
from octavo.exporters.markdown import page_markdown
from octavo.pipeline.read import read_page

SENTENCE = "Sentence number {} of this paper is long enough to be wrapped in a narrow column of the page."
SENTENCES = [SENTENCE.format(number) for number in range(45)]


@pytest.fixture(params=[10, 14, 30], ids=lambda gutter: f"gutter of {gutter} pt")
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
    path = tmp_path / "paper.pdf"
    _write_paper(path, gutter=request.param)
    reader = open_source(path, "application/pdf")
    try:
        return read_page(reader, 1, recogniser=FakeRecogniser())
    finally:
        reader.close()


def test_the_left_column_is_read_to_its_end_before_the_right_one(page: Page) -> None:
    text = " ".join(block.text for block in page.blocks if block.type == "paragraph")

    places = [text.find(sentence) for sentence in SENTENCES if sentence in text]

    assert len(places) == len(SENTENCES), "sentences are whole, not read across the gutter"
    assert places == sorted(places)


def test_its_markdown_begins_with_the_title_and_the_first_column(page: Page) -> None:
    markdown = page_markdown(page)

    assert markdown.startswith(f"# A Paper in Two Columns\n\n{' '.join(SENTENCES[:5])}\n\n")


def _write_paper(path: Path, *, gutter: float) -> None:
    width, height = A4
    column = (width - 120 - gutter) / 2
    frames = [
        Frame(60, height - 140, width - 120, 80, id="title"),
        Frame(60, 60, column, height - 220, id="left", leftPadding=0, rightPadding=0),
        Frame(60 + column + gutter, 60, column, height - 220, id="right", leftPadding=0, rightPadding=0),
    ]
    styles = getSampleStyleSheet()
    styles["BodyText"].alignment = 4
    template = BaseDocTemplate(str(path), pagesize=A4)
    template.addPageTemplates([PageTemplate(frames=frames)])
    body = [
        Paragraph(" ".join(SENTENCES[start : start + 5]), styles["BodyText"])
        for start in range(0, len(SENTENCES), 5)
    ]
    template.build([Paragraph("A Paper in Two Columns", styles["Title"]), FrameBreak(), *body])
