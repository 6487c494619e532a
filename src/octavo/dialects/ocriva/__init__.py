"""Ocriva: uploads and batches become records of a processing history; templates say what is read.

Chosen where no source says: an organization's key without `projectId` is refused with 400; an upload's
`id` is its record's, and `GET /processing-history/:id` takes `uploadId` too; members that do not apply
are absent, values a document does not say are null; `errorMessage` tells why a record failed; a cancelled
record has failed; the result of a record that is not completed is 409; wrong `status` or `format` is
400; a `limit` above 100 is 100, and `pagination` says so; batches are listed at `GET /batch` with the envelope of the history, told at
`GET /batch/:id` and exported at `GET /batch/:id/export`; templates are changed by PUT or PATCH, both of which
keep what is left out, and deleted with a small body; free text is `free_text`; `auth/login` answers 200;
addresses of files are open to whoever has them for a day or two; reference data files of templates are
refused with 501. Rate limits of the installation are told; where there are none, the vendor's 60.
"""
