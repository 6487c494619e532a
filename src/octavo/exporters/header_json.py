"""Everything of a document but its pages, as JSON values, and back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from octavo.domain.document import EngineIdentity, Extraction, PageFailure, Source

_HASH_PREFIX = "sha256:"
_KINDS = (
    ("application/pdf", "pdf"),
    ("image/", "image"),
    ("presentation", "pptx"),
    ("powerpoint", "pptx"),
    ("wordprocessing", "docx"),
    ("msword", "docx"),
    ("spreadsheet", "xlsx"),
    ("excel", "xlsx"),
    ("html", "html"),
    ("text/", "text"),
)
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class DocumentHeader:
    """What is known of a document once its pages are read."""

    source: Source
    extraction: Extraction
    fields: dict[str, Any] = field(default_factory=dict)


def document_header_to_json(
    header: DocumentHeader, page_sizes_pt: Iterable[tuple[float, float]] = ()
) -> dict[str, Any]:
    """`source`, `extraction` and `fields` as they stand at the top of the document.

    `source.page_sizes` is `[width, height]` in inches for each page that was read.
    """
    return {
        "source": source_to_json(header.source, page_sizes_pt),
        "extraction": extraction_to_json(header.extraction),
        "fields": header.fields,
    }


def document_header_from_json(values: dict[str, Any]) -> DocumentHeader:
    return DocumentHeader(
        source_from_json(values["source"]), extraction_from_json(values["extraction"]), values["fields"]
    )


def source_to_json(source: Source, page_sizes_pt: Iterable[tuple[float, float]] = ()) -> dict[str, Any]:
    return {
        "kind": source_kind(source.media_type),
        "filename": source.filename,
        "media_type": source.media_type,
        "size_bytes": source.size_bytes,
        "file_hash": _HASH_PREFIX + source.sha256,
        "page_count": source.page_count,
        "page_sizes": [
            [round(width / POINTS_PER_INCH, 4), round(height / POINTS_PER_INCH, 4)]
            for width, height in page_sizes_pt
        ],
    }


def source_from_json(values: dict[str, Any]) -> Source:
    return Source(
        filename=values["filename"],
        media_type=values["media_type"],
        size_bytes=values["size_bytes"],
        sha256=values["file_hash"].removeprefix(_HASH_PREFIX),
        page_count=values["page_count"],
    )


def extraction_to_json(extraction: Extraction) -> dict[str, Any]:
    return {
        "model": extraction.engine.name,
        "engine": {
            "name": extraction.engine.name,
            "version": extraction.engine.version,
            "digest": extraction.engine.digest,
        },
        "profile": extraction.profile,
        "duration_ms": extraction.duration_ms,
        "faithfulness_score": extraction.faithfulness_score,
        "mean_confidence": extraction.mean_confidence,
        "per_page_failures": [
            {
                "page": failure.page,
                "code": failure.code,
                "summary": failure.summary,
                "attempts": failure.attempts,
            }
            for failure in extraction.per_page_failures
        ],
    }


def extraction_from_json(values: dict[str, Any]) -> Extraction:
    return Extraction(
        engine=EngineIdentity(**values["engine"]),
        profile=values["profile"],
        duration_ms=values["duration_ms"],
        faithfulness_score=values["faithfulness_score"],
        mean_confidence=values["mean_confidence"],
        per_page_failures=tuple(PageFailure(**failure) for failure in values["per_page_failures"]),
    )


def source_kind(media_type: str) -> str:
    """`pdf`, `image`, `pptx`, `docx`, `xlsx`, `html`, `text`, else `other`."""
    return next((kind for mark, kind in _KINDS if mark in media_type), "other")
