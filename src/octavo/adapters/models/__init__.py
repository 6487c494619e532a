"""Language models behind endpoints that speak OpenAI's API. Implements `ports.models`."""

from octavo.adapters.models.endpoint import ModelEndpoints

__all__ = ["ModelEndpoints"]
