"""The dialect's row, apart from the package: workers load its webhooks and none of this."""

from octavo.dialects._kit import Dialect
from octavo.dialects.ocrqueen import extract, images, jobs
from octavo.dialects.ocrqueen.access import rate_and_usage
from octavo.dialects.ocrqueen.errors import refuse

DIALECT = Dialect(
    "ocrqueen",
    "OCRQueen",
    lambda: [extract.router, jobs.router, images.router],
    refuse,
    rate_and_usage,
)
