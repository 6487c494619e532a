"""Ocriva: uploads and batches become records of a processing history; templates say what is read.

Chosen where no source says:

- An organization's key without `projectId` is refused with 400.
- An upload's `id` is its record's, and `GET /processing-history/:id` takes `uploadId` too.
- Members that do not apply are absent; values that a document does not say are null.
- `errorMessage` tells why a record failed. A cancelled record has failed.
- The result of a record that is not completed is 409; a wrong `status` or `format` is 400.
- A `limit` above 100 is 100, and `pagination` says so.
- A template's `resultFormat: image` gives a PNG: the pages, one below the other, with a frame around each value
  that was found. `image` is not among the formats that an export names, and refused there with 400.
- Batches are listed at `GET /batch` in the envelope of the history, told at `GET /batch/:id` and exported
  at `GET /batch/:id/export`.
- Templates are changed by PUT or PATCH, both of which keep what is left out, and deleted with a small body.
  Free text is `free_text`.
- Reference data files stand at `/templates/:id/data-files`: GET a list, POST one `file` (201), DELETE by id. Values
  are looked up in what is a table there; a language model, where one is set up, is shown what fits the document.
- `auth/login` answers 200. The older API beside `/v1` takes an API key as password and the organization of the key
  in its addresses; its uploads answer 201, and need no project.
- `pageRange`, which a page names without saying of which call, is of uploads and batches:
  `{"start": 1, "end": 3}` or `1-3`.
- Addresses of files are open to whoever has them for a day or two.
- Rate limits of the installation are told; where there are none, the vendor's 60.
"""
