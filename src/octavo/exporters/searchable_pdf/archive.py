"""PDF/A-2b: made by what pikepdf knows of the standard, and believed only after the written file was checked."""

from collections.abc import Iterable
from typing import BinaryIO

import pikepdf
from lxml import etree
from pikepdf import Name
from pikepdf.pdfa import prepare, resolve_save_kwargs, validate_written

from octavo.domain.errors import InvalidRequest
from octavo.exporters.searchable_pdf.original import DAMAGE, damaged

_FLAVOUR = "2b"
_CHECK_FAILED = "pikepdf:internal"
"""The check itself could not go on; its message is about our files, not about the document."""
_MOST_REASONS = 5
_LONGEST_REASON = 120
_METADATA_DATE = "{http://ns.adobe.com/xap/1.0/}MetadataDate"


def save_archive(pdf: pikepdf.Pdf, file: BinaryIO) -> None:
    """Write `pdf` as PDF/A-2b.

    What does not show on the pages is put in order: metadata, output intent, annotation flags,
    scripts. What does is left alone: the document is refused where it does not conform.

    Raises:
        InvalidRequest: names what is in the way.
        UnreadableDocument: too damaged to be written.
    """
    if pdf.is_encrypted and not pdf.owner_password_matched:
        raise InvalidRequest(
            "PDF/A must not be protected, and this PDF was opened without its owner password. "
            "Submit it with that, or ask for pdfa=no.",
            reason="protected",
        )
    try:
        _calm(pdf)
        prepare(pdf, _FLAVOUR)
        _undated(pdf)
        pdf.save(file, **resolve_save_kwargs(_FLAVOUR, deterministic_id=True))
    except DAMAGE as error:
        raise damaged() from error
    file.seek(0)
    report = validate_written(file, _FLAVOUR)
    if any(finding.rule == _CHECK_FAILED for finding in report.findings):
        raise damaged()
    if not report.passed:
        raise _refused([finding.message for finding in report.findings])
    file.seek(0)


def _calm(pdf: pikepdf.Pdf) -> None:
    """No presentation: how and when a viewer turns a page by itself is none of an archive's business."""
    for page in pdf.pages:
        for key in (Name.Trans, Name.Dur):
            if key in page.obj:
                del page.obj[key]


def _undated(pdf: pikepdf.Pdf) -> None:
    """Without the time of writing: the same document gives the same file."""
    packet = etree.fromstring(pdf.Root.Metadata.read_bytes(), etree.XMLParser(resolve_entities=False))
    for element in list(packet.iter(_METADATA_DATE)):
        above = element.getparent()
        if above is not None:
            above.remove(element)
    pdf.Root.Metadata.write(etree.tostring(packet))


def _refused(messages: Iterable[str]) -> InvalidRequest:
    different = sorted({" ".join(message.split())[:_LONGEST_REASON].rstrip(" .") for message in messages})
    named = "; ".join(different[:_MOST_REASONS])
    more = f"; and {len(different) - _MOST_REASONS} more" if len(different) > _MOST_REASONS else ""
    return InvalidRequest(
        f"This document cannot be vouched for as PDF/A-2b, and its pages are not changed to make it one: "
        f"{named}{more}. Ask for pdfa=no.",
        reason="not_archivable",
        findings=different,
    )
