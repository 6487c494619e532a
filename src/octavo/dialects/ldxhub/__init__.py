"""LDX hub: files, and jobs that convert them, or take JSON out of them by an example.

Chosen where no source says: a stored file answers 201; `progress` is a share of 1; a job that was
cancelled elsewhere has failed; jobs and outputs are 404 when their 72 hours are over; `expires_at`
before the end is 72 hours after the start; a document that cannot be opened is a failed job; HTTP errors have the members of both layers, see `errors`.

StructFlow's results are `{"id", "status", "output" | "error"}`, inline and as lines of the output file; `summary`
counts `total_count`, `completed_count` and `failed_count`; a job none of whose records came out well has
failed. What an example says of types is in `examples`. Lists of models are public and name no tenant's
models to those without a key; a key that is sent is looked at, since clients try theirs there. RefineLoop has none.
"""

from octavo.dialects._kit import Dialect
from octavo.dialects.ldxhub import analyzedoc, files, jobs, refineloop, structflow, uploads
from octavo.dialects.ldxhub.errors import refuse

DIALECT = Dialect(
    "ldxhub",
    "LDX hub",
    lambda: [
        files.router,
        uploads.router,
        *jobs.routers(),
        structflow.router,
        analyzedoc.router,
        refineloop.router,
    ],
    refuse,
)
