"""The dialect's row, apart from the package: workers load its webhooks and none of this."""

from octavo.dialects._kit import Dialect
from octavo.dialects.docurift import documents, jobs, process, webhooks
from octavo.dialects.docurift.access import rate_limit
from octavo.dialects.docurift.errors import refuse

DIALECT = Dialect(
    "docurift",
    "DocuRift",
    lambda: [process.router, jobs.router, documents.router, webhooks.router],
    refuse,
    rate_limit,
)
