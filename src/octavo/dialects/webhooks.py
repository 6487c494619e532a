"""What each dialect puts into its webhooks: workers load this, and none of the dialects' routes.

A row is a function of the plain scheme (its envelope and signature, `octavo.app.schemes`), as:

    "docurift": lambda scheme: scheme.with_payload(docurift.webhook.payload)

The payload gets a `Told` (event, job, fields, result, callback metadata) and gives the members that
come in place of, or beside, the envelope's. `result_format` names the export it wants in `Told.result`.
"""

from collections.abc import Callable, Mapping

from octavo.app.schemes.scheme import Scheme
from octavo.app.schemes.table import SCHEMES
from octavo.dialects.docling import webhook as docling
from octavo.dialects.docurift import webhook as docurift
from octavo.dialects.invaro import webhook as invaro
from octavo.dialects.ocriva import webhook as ocriva
from octavo.dialects.ocrqueen import webhook as ocrqueen

COMPLETED: dict[str, Callable[[Scheme], Scheme]] = {
    "docling": docling.complete,
    "docurift": docurift.complete,
    "invaro": invaro.complete,
    "ocriva": lambda scheme: scheme.with_payload(ocriva.payload),
    "ocrqueen": ocrqueen.complete,
}
"""By the scheme's name, which is the dialect's."""


def webhook_schemes() -> Mapping[str, Scheme]:
    """Every scheme, those of dialects with the dialect's own payload in the envelope."""
    return SCHEMES | {name: complete(SCHEMES[name]) for name, complete in COMPLETED.items()}
