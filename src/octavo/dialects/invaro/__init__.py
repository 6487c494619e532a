"""Invaro: uploads, files, parsing of invoices and statements, batches, schemas.

Chosen where no source says, or where they disagree:

- Every address stands below `/api/v1` and below `/api/v1/api/v1`. Health is at `/health` and `/` too.
- An answer has the envelope; a job's status has its members beside the envelope as well, but for `error`.
  Results are `results` and `result`. A failed job is 200 with `status: failed` and `error`; so is a cancelled one.
- Starting a job, making a schema and deleting one answer 200; what is started is `pending`, also where the same
  document was read before and is there at once. A job asked for under the other kind is told.
- An upload of which not one file can be kept is refused with the first one's error; of which some can, 207.
- A file's `type` is what the upload said, then what its job found; until then `unknown`.
- What is sent to `/parse/invoices` is read as an invoice, a receipt or a freight invoice, whichever it is most like;
  to `/parse/statements`, as a statement; to `/parse`, as what it is found to be.
- `schema_string` is taken as an object, as JSON text and as gzip in base64, and answered in the last, with the
  object beside it as `schema`. The newest active schema of a type is used where a request names none.
- A wrong document in an order is 400 `INVALID_DOCUMENT_ID`; a wrong id in an address is 404 `NOT_FOUND`.
- A callback is told of all five events; `job.progress` at most ten times a job, a cancelled one is `job.failed`.
- `options.categorize` gives each transaction a `category`, null where its words tell none; `detect_anomalies`
  lists the checks that a document's numbers fail.
- A key without a limit is told the documented 60, whole.
"""
