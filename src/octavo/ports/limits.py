"""How often a key has submitted, whichever process took it."""

from typing import Protocol

from octavo.domain.ids import KeyId
from octavo.domain.limits import Allowance


class SubmitLimits(Protocol):
    async def take(self, key_id: KeyId, limit: int) -> Allowance:
        """Count one submission of this key, where `limit` a minute are allowed; refused ones do not count."""
        ...
