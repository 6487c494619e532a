"""Language models to rows and back, by hand. The key is kept apart, sealed."""

from typing import Any

from octavo.adapters.postgres.secrets import Sealer
from octavo.domain.template import ModelChoice
from octavo.ports.templates import SEALED

_MEMBERS = ("base_url", "model", "timeout_s", "max_retries", "input_price", "output_price")


def model_to_row(model: ModelChoice | None) -> dict[str, Any] | None:
    """Without its key."""
    return {name: getattr(model, name) for name in _MEMBERS} if model else None


def model_from_row(
    row: dict[str, Any] | None, sealed: bytes | None, sealer: Sealer | None
) -> ModelChoice | None:
    """`sealer` is given only where the key is needed; elsewhere `SEALED` stands for it."""
    if row is None:
        return None
    key = None
    if sealed is not None:
        key = sealer.unseal(sealed) if sealer else SEALED
    return ModelChoice(api_key=key, **row)
