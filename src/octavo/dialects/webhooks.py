"""What each dialect puts into its webhooks: workers load this, and none of the dialects' routes.

A row is a function of the plain scheme (its envelope and signature, `octavo.app.schemes`), as:

    "docurift": lambda scheme: scheme.with_payload(docurift.webhook.payload)

The payload gets a `Told` (event, job, fields, result, callback metadata) and gives the members that
come in place of, or beside, the envelope's. `result_format` names the export it wants in `Told.result`.
"""

from collections.abc import Callable

from octavo.app.schemes.scheme import Scheme

COMPLETED: dict[str, Callable[[Scheme], Scheme]] = {}
"""By the scheme's name, which is the dialect's."""
