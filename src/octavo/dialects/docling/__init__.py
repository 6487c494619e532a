"""docling-serve: convert by source or file, at once or as a task, as its version 1.31 serves it.

Chosen where we differ, or where its source leaves it open:

- Documents are read by our engines: `ocr_engine`, `ocr_preset`, `pdf_backend`, `table_mode` and the other names
  of docling's models are checked and change nothing. What we do not have (`force_ocr`, vision pipelines, pictures
  described or classified, custom configurations, targets in buckets) is 422 by name.
- The target that is meant where none is named is `inbody`, as there without artifact storage.
- A task of one document is a job, of several a batch; ids are UUIDs of version 8 that carry ours.
- Results stay as long as the policy says; being fetched does not end them.
- A document that cannot be opened is a result with the status `failure`; one of a type that nobody here reads, or
  of a format that `from_formats` leaves out, is refused with its whole request, as 422.
- The key comes in `X-Api-Key`, or as a Bearer token.
"""

from octavo.dialects._kit import Dialect
from octavo.dialects.docling import convert, health, tasks
from octavo.dialects.docling.errors import refuse

DIALECT = Dialect("docling", "docling-serve", lambda: [health.router, convert.router, tasks.router], refuse)
