"""kreuzberg, by its Markdown and its tables; where it tells pages, by their plain texts, too."""

from typing import Any

from kreuzberg import ExtractionConfig, PageConfig, extract_file_sync
from protocol import serve

CONFIG = ExtractionConfig(
    use_cache=False, output_format="markdown", pages=PageConfig(extract_pages=True, insert_page_markers=False)
)


def read(path: str) -> dict[str, Any]:
    result = extract_file_sync(path, config=CONFIG)
    pages = {page["page_number"]: page["content"] for page in result.pages or () if page["content"]}
    tables = [{"page": table.page_number, "grid": table.cells} for table in result.tables]
    found = {"markdown": [{"text": result.content}], "pages": pages}
    return {**found, "tables": tables} if tables else found


if __name__ == "__main__":
    serve(read)
