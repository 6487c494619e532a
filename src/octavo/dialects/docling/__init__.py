"""docling-serve: convert or chunk by source or file, at once or as a task, as its version 1.31 serves it.

Chosen where we differ, or where its source leaves it open:

- Documents are read by our engines: `ocr_engine`, `ocr_preset`, `pdf_backend`, `table_mode` and the other names
  of docling's models are checked and change nothing. Cells of tables, levels of headings, LaTeX of formulas, languages
  of code and kinds of pictures are always told, so that asking for them, or for doing without, changes nothing
  either. What we do not have (vision and audio pipelines, pictures described, custom configurations, targets in
  buckets or by PUT) is 422 by name.
- `document_timeout` counts from the start of reading. A page that was begun is finished, and the first always is begun.
- The target that is meant where none is named is `inbody`, as there without artifact storage. `presigned_url` is
  refused in its words, so that its client asks for `inbody`: it would not follow an address in a private network.
- A task of one document is a job, of several a batch; ids are UUIDs of version 8 that carry ours.
- `abort_on_error` fails the task with its first document that failed; the others are read to their end.
- Chunks are counted in tokens without the tokeniser (`chunking.count_tokens`); one that is not the default has to come
  with `max_tokens`.
- Callbacks, five at most, are of a task of one document; each is told at the start and at the end.
- Results stay as long as the policy says; being fetched does not end them.
- A document that cannot be opened is a result with the status `failure`; one of a type that nobody here reads, or
  of a format that `from_formats` leaves out, is refused with its whole request, as 422.
- The key comes in `X-Api-Key`, or as a Bearer token; for a WebSocket also as `?api_key=`.
- Its own OpenAPI document is not served: it would promise what is refused here.
"""
