"""Every scheme by its name."""

from octavo.app.schemes import docling, docurift, invaro, ocriva, ocrqueen, standard
from octavo.app.schemes.scheme import Scheme
from octavo.domain.errors import InvalidRequest

SCHEMES: dict[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        standard.SCHEME,
        docling.SCHEME,
        docurift.SCHEME,
        invaro.SCHEME,
        ocriva.SCHEME,
        ocrqueen.SCHEME,
    )
}
"""As they are without dialects; `Services.schemes` holds those with the dialects' payloads."""


def scheme_named(name: str) -> Scheme:
    """Raises `InvalidRequest`."""
    if name not in SCHEMES:
        raise InvalidRequest(
            f"There is no webhook scheme {name[:40]!r}. Ask for one of: {', '.join(SCHEMES)}.",
            option="scheme",
        )
    return SCHEMES[name]
