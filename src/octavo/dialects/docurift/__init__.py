"""DocuRift: documents processed at once or later, jobs, documents, webhooks.

Chosen where no source says, or where they disagree:

- Ids are a prefix and 24 hex digits; a job and its document have the same. Keys of any form are taken, from
  `X-API-Key`, `Authorization: Bearer <key>` or `Authorization: <key>`.
- Processing at once waits for a minute; then it answers `processing` without a result, and the job and the
  document can be asked for. A document that failed there is `failed` with its `error`, and 200; one that
  cannot even be opened is a job that fails.
- Processing later answers 202 with `id`, `jobId`, `documentId`, `status`, `documentType` and its times.
- `documentType` may be any type of ours, too, or `auto`: find out. What was asked for is told; `general` and
  `generic` are one. Without `language` the language is found out.
- `extractTables` shows the tables beside the result; `ocrFallback: false` reads the text layer alone.
- Lists have their entries and `pagination` in `data`, and `pagination` once more beside it. Entries have no
  result. Both words for waiting, `pending` and `queued`, are understood in both lists.
- `confidence` is that of the fields; where there are none, of the reading.
- Values the document does not say are null; members that do not apply are absent. See `shapes`.
- What was deleted, or is over its 30 days, is 404; what is somebody else's is 403, as documented. Deleting a document that is being read stops it first.
- A webhook is made with 201; `PUT` changes like `PATCH`. Events on credits and keys do not exist here and are
  refused by name. `http://` is for hosts and addresses that the operator named.
- `callbackMetadata` is told back by the job's own webhook and by registered ones.
- `X-RateLimit-Reset` is in Unix seconds. A month's pages that are used up are 402 INSUFFICIENT_CREDITS.
"""
