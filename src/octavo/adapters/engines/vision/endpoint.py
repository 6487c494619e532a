"""Asking the endpoint: `POST {base URL}/chat/completions` with one picture, as OpenAI's API has it."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

import httpx
import orjson

from octavo.domain.errors import EngineUnavailable, TemporaryFailure

MAX_ANSWER_BYTES = 2 * 2**20
MAX_TOKENS = 8192
"""A page of small print has about 2,000; a model that goes round in circles stops here."""

DEFAULT_PROMPT = (
    "Transcribe all text on this page, in reading order, exactly as it is printed, with its spelling, "
    "accents and figures. Do not translate, explain, correct, complete or describe anything. "
    "Write only the text."
)


@dataclass(frozen=True, slots=True)
class VisionSettings:
    """Where the model is and how it is asked."""

    base_url: str
    """Up to and with `/v1`."""
    model: str
    api_key: str | None
    prompt: str = DEFAULT_PROMPT
    timeout_s: float = 120.0


class VisionEndpoint:
    """One connection pool; belongs to one event loop."""

    def __init__(self, settings: VisionSettings) -> None:
        self._settings = settings
        headers = {"Authorization": f"Bearer {settings.api_key}"} if settings.api_key else {}
        # Redirects would carry the document to an address nobody configured.
        self._http = httpx.AsyncClient(headers=headers, timeout=settings.timeout_s, follow_redirects=False)

    async def transcribe(self, picture: bytes, media_type: str) -> str:
        """What the model writes about the picture.

        Raises:
            EngineUnavailable: it refuses us or has no such model; says which setting to look at.
            TemporaryFailure: it is away, busy or too slow; asking again later is worth while.
        """
        content = await self._post(_question(self._settings, picture, media_type))
        try:
            answer = orjson.loads(content)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError):
            raise EngineUnavailable(
                "The vision endpoint's answer is no chat completion. Check OCTAVO_VISION_URL."
            ) from None
        return answer if isinstance(answer, str) else ""

    async def close(self) -> None:
        await self._http.aclose()

    async def _post(self, question: dict[str, Any]) -> bytes:
        url = self._settings.base_url.rstrip("/") + "/chat/completions"
        content = bytearray()
        try:
            async with self._http.stream("POST", url, json=question) as answer:
                _require_success(answer.status_code)
                async for chunk in answer.aiter_bytes():
                    content += chunk
                    if len(content) > MAX_ANSWER_BYTES:
                        raise EngineUnavailable("The vision endpoint's answer is longer than any page.")
        except httpx.HTTPError as error:
            raise TemporaryFailure(
                f"The vision endpoint could not be reached or did not answer in time ({type(error).__name__})."
            ) from error
        return bytes(content)


def _question(settings: VisionSettings, picture: bytes, media_type: str) -> dict[str, Any]:
    address = f"data:{media_type};base64,{b64encode(picture).decode()}"
    parts = [
        {"type": "text", "text": settings.prompt},
        {"type": "image_url", "image_url": {"url": address}},
    ]
    return {
        "model": settings.model,
        "temperature": 0,
        "max_tokens": MAX_TOKENS,
        "messages": [{"role": "user", "content": parts}],
    }


def _require_success(status: int) -> None:
    if status in {408, 409, 425, 429} or status >= 500:
        raise TemporaryFailure(f"The vision endpoint is not available now (HTTP {status}).")
    if status in {401, 403}:
        raise EngineUnavailable(
            f"The vision endpoint refuses us (HTTP {status}). Check OCTAVO_VISION_API_KEY."
        )
    if status == 404:
        raise EngineUnavailable(
            "The vision endpoint knows no such address or model. Check OCTAVO_VISION_URL and OCTAVO_VISION_MODEL."
        )
    if not 200 <= status < 300:
        raise EngineUnavailable(f"The vision endpoint answered HTTP {status}; it may not accept pictures.")
