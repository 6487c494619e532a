"""The dialect's row."""

from octavo.dialects._kit import Dialect
from octavo.dialects.openwebui.errors import refuse
from octavo.dialects.openwebui.routes import router

DIALECT = Dialect("openwebui", "Open WebUI's external engine", lambda: [router], refuse)
