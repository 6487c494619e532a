"""Secrets at rest: sealed with a key that is not in the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

from octavo.domain.errors import TemporaryFailure


class Sealer:
    """Encrypts short secrets (a document's password) with a key derived from the service's secret."""

    def __init__(self, secret: bytes) -> None:
        """`secret`: at least 32 random bytes, the same for every process of an installation."""
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"octavo sealer" + secret).digest()))

    def seal(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def unseal(self, sealed: bytes) -> str:
        """Raises `TemporaryFailure` when this process has another secret than the one that sealed."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as error:
            raise TemporaryFailure(
                "A stored secret cannot be opened: every process must have the same OCTAVO_SECRET_KEY."
            ) from error
