"""The dialect's row."""

from octavo.dialects._kit import Dialect
from octavo.dialects.unstructured.errors import refuse
from octavo.dialects.unstructured.routes import router

DIALECT = Dialect("unstructured", "Unstructured", lambda: [router], refuse)
