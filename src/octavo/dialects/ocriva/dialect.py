"""The row of DIALECTS: apart from the package, so that workers load its webhooks without its routes."""

from octavo.dialects._kit import Dialect
from octavo.dialects.ocriva import account, batches, data_files, history, legacy, templates, uploads
from octavo.dialects.ocriva.errors import refuse
from octavo.dialects.ocriva.limits import limit_headers

DIALECT = Dialect(
    "ocriva",
    "Ocriva",
    lambda: [
        account.router,
        uploads.router,
        history.router,
        batches.router,
        data_files.router,
        templates.router,
        legacy.router,
    ],
    refuse,
    limit_headers,
)
