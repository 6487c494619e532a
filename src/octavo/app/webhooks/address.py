"""Where an announcement may go, for vendors that insist on `https://`."""

from octavo.app.services import Services
from octavo.domain.errors import InvalidRequest
from octavo.ports.egress import AddressRefused


def require_encrypted(url: str, services: Services, option: str = "url") -> None:
    """`http://` is for hosts and addresses the operator named in OCTAVO_EGRESS_ALLOW. Raises `InvalidRequest`."""
    try:
        services.egress.require_address(url, encrypted=True)
    except AddressRefused as error:
        raise InvalidRequest(f"{option}: {error.summary}", option=option, **error.details) from error
