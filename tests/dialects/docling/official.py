"""What docling's own service client does, in an environment of its own: `official.py URL KEY SAMPLES`.

It runs outside pytest, under the interpreter of `make clients`, and says what it saw as one JSON object.
"""

import json
import sys
import zipfile
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any


def main(url: str, key: str, samples: Path) -> dict[str, Any]:
    service = import_module("docling.service_client.client")
    options = import_module("docling.datamodel.service.options").ConvertDocumentsOptions
    zipped = import_module("docling.datamodel.service.targets").ZipTarget()
    report = samples / "water-report.pdf"
    seen: dict[str, Any] = {}
    with service.DoclingServiceClient(url, api_key=key, ws_fallback_to_poll=False) as client:
        seen["health"] = client.health().status
        seen["version"] = client.version()["docling-serve"]
        seen["converted"] = _document(client.convert(report))
        job = client.submit(report, options=options(page_range=(1, 1)))
        seen["watched"] = [str(update.task_status.value) for update in job.watch()]
        seen["one_page"] = _document(job.result())
        for kind in service.ChunkerKind:
            seen[kind.value] = _chunks(client.chunk(report, kind))
        pictured = options(include_page_images=True, image_export_mode="embedded", images_scale=1.0)
        shown = client.convert(samples / "receipt-photo.jpg", options=pictured).document
        seen["page_image"] = list(shown.pages[1].image.pil_image.size)
        archive = client.submit(report, options=options(image_export_mode="referenced"), target=zipped)
        with zipfile.ZipFile(BytesIO(archive.result().content)) as content:
            seen["archive"] = content.namelist()
        seen["many"] = [
            one.status.value for one in client.convert_all([report, samples / "receipt-photo.jpg"])
        ]
        seen["broken"] = _refusal(service, client)
    with service.DoclingServiceClient(url, api_key=key, status_watcher="polling") as client:
        seen["polled"] = _document(client.convert(report))
    return seen


def _document(result: Any) -> dict[str, Any]:
    return {
        "status": result.status.value,
        "pages": result.document.num_pages(),
        "tables": len(result.document.tables),
        "markdown": result.document.export_to_markdown(),
    }


def _chunks(answer: Any) -> dict[str, Any]:
    return {
        "texts": [chunk.text for chunk in answer.chunks],
        "most_tokens": max((chunk.num_tokens or 0) for chunk in answer.chunks),
        "documents": [document.status.value for document in answer.documents],
    }


def _refusal(service: Any, client: Any) -> str:
    """A stream, as it leaves the files that it opens itself to the collector."""
    broken = service.DocumentStream(name="broken.pdf", stream=BytesIO(b"%PDF-1.7 and nothing else"))
    try:
        client.convert(broken)
    except service.ConversionError as error:
        return f"ConversionError: {error}"
    return ""


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
