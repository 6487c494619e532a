"""pdf-inspector, by its Markdown of each page."""

from typing import Any

import pdf_inspector
from protocol import serve


def read(path: str) -> dict[str, Any]:
    pages = pdf_inspector.extract_pages_markdown(path).pages
    texts = [{"page": page.page + 1, "text": page.markdown or ""} for page in pages]
    return {"markdown": texts, "pages": {one["page"]: one["text"] for one in texts}}


if __name__ == "__main__":
    serve(read)
