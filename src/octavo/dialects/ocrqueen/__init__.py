"""OCRQueen: extract, jobs, images; what its official SDK 0.5.0 calls, and what its pages document.

Chosen where no source says, or where they disagree:

- `extraction_profile` and `domain` are taken although the newest server is said to refuse them: the SDK always
  sends the first. Every job is of the general domain. Other unknown options are refused by name.
- Cancelling answers 200 with the job to the vendor's SDKs, which read a body, and 204 to everybody else.
  `extract:write` is enough for it, as `jobs:write` is: whoever may send may stop. Purging a job that still runs cancels it first.
- Ids are `job_` and 24 hex digits. `expires_at` is when the source goes. Listed jobs come without their documents.
- A picture has a `url` while `retain_hours` lasts; with `retain_hours: 0` it comes as `image_b64`. Image
  addresses are paths that answer 200 with the bytes. The figure with index 0 is the document's first picture.
- A result that was to be kept for 0 hours is in the answer of a `sync` request and in the callback, nowhere else.
- What is wrong with a document is told on its job; without a part `file` the form is 422 `VALIDATION_ERROR`;
  an Idempotency-Key that stands for another request is 409 `IDEMPOTENCY_CONFLICT`.
- A month's pages that are used up are 402 `INSUFFICIENT_BALANCE`, with a balance of 0 cents.
- Where a key has no limit, the rate headers say `NO_LIMIT`, which nobody reaches.
"""
