"""How often a key may ask: counted before a body is read, so that a refused upload costs nothing.

An edge calls one of the two for each request, puts what comes back into its vendor's headers, and
renders `RateLimited`, which carries the same numbers, in its vendor's words.
"""

from octavo.app.services import Services
from octavo.domain.limits import Allowance, RateLimited
from octavo.domain.tenancy import Principal


async def count_submission(*, principal: Principal, services: Services) -> Allowance | None:
    """Of a request that brings a document; all API processes count together.

    None: this key has no limit. Raises `RateLimited`.
    """
    limit = principal.limits.submits_per_minute or services.policy.submits_per_minute
    if not limit:
        return None
    return _checked(await services.store.submit_limits.take(principal.key_id, limit))


def count_read(*, principal: Principal, services: Services) -> Allowance | None:
    """Of every other request; each process counts for itself. None: no limit. Raises `RateLimited`."""
    limit = principal.limits.reads_per_minute or services.policy.reads_per_minute
    if not limit:
        return None
    return _checked(services.read_meter.take(principal.key_id, limit, services.clock.now()))


def _checked(allowance: Allowance) -> Allowance:
    if allowance.refused:
        raise RateLimited(allowance)
    return allowance
