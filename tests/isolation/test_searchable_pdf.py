"""A searchable PDF is written inside a child, under all its rules."""

from pathlib import Path

import pikepdf
import pytest
from tests.exporters.samples import HEADER
from tests.exporters.searchable import greeting, scan, scanned_pdf

from octavo.adapters.engines.models import default_models_dir
from octavo.adapters.isolation.pool import ChildPool
from octavo.domain.document import Source
from octavo.domain.errors import InvalidRequest
from octavo.exporters.document_file import encode_page, write_document
from octavo.exporters.header_json import DocumentHeader
from octavo.ports.isolation import RenderRequest, SourceFile
from octavo.ports.readers import Limits


async def _written(folder: Path, source: SourceFile, options: dict[str, str]) -> Path:
    document, target = folder / "document", folder / "searchable.pdf"
    page = greeting()
    header = DocumentHeader(Source("scan", source.media_type, 1, "0" * 64, 1), HEADER.extraction)
    write_document(document, header, [(page.number, encode_page(page))])
    async with ChildPool(
        1, default_models_dir(), Limits(), 60.0, 2 * 2**30, folder, readable=(folder,)
    ) as pool:
        await pool.render(RenderRequest(document, "pdf", target, options=options, source=source))
    return target


@pytest.mark.parametrize("pdfa", ["no", "2b"])
async def test_a_picture_becomes_a_searchable_pdf(tmp_path: Path, pdfa: str) -> None:
    path = tmp_path / "scan.tif"
    scan().convert("1").save(path, dpi=(144, 144))

    target = await _written(tmp_path, SourceFile(path, "image/tiff", None), {"pdfa": pdfa})

    with pikepdf.open(target) as pdf:
        assert len(pdf.pages[0].obj.Contents) == 2


async def test_a_refusal_comes_back_as_it_was_meant(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")

    with pytest.raises(InvalidRequest) as refused:
        await _written(tmp_path, SourceFile(path, "application/pdf", None), {"pdfa": "2b"})

    assert refused.value.details["reason"] == "not_archivable"
