"""Asking the endpoint that a tenant named: under the rules of egress, patiently, and never for more than was agreed."""

import asyncio
import logging
import random
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

from octavo.adapters.egress.client import GuardedEgress, Reply
from octavo.adapters.models.request import Manner, body_of
from octavo.domain.template import ModelChoice
from octavo.ports.egress import Unreachable
from octavo.ports.models import Completion, ModelFailed, Question

MAX_ANSWER_BYTES = 4 * 2**20
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0
MOST_REMEMBERED = 256
"""Endpoints whose manner is known."""
_log = logging.getLogger(__name__)
_LATER = frozenset({408, 409, 425, 429})
_REFUSES = frozenset({400, 415, 422, 501})
_REASONS = {
    401: "The model's endpoint refuses the key.",
    403: "The model's endpoint refuses the key.",
    404: "The model's endpoint knows no such address or model.",
}
Sleep = Callable[[float], Awaitable[None]]


class ModelEndpoints:
    """Implements `ports.models.LanguageModel`. Belongs to the event loop of `egress`."""

    def __init__(self, egress: GuardedEgress, *, sleep: Sleep = asyncio.sleep) -> None:
        self._egress = egress
        self._sleep = sleep
        self._manners: OrderedDict[tuple[str, str], Manner] = OrderedDict()

    async def complete(self, choice: ModelChoice, question: Question) -> Completion:
        """Asks at most `1 + max_retries` times, refusals of a part of the question not counted."""
        reply = await self._persistent(choice, question)
        if not 200 <= reply.status < 300:
            fallback = f"The model's endpoint answered HTTP {reply.status}."
            raise ModelFailed(_REASONS.get(reply.status, fallback), status=reply.status)
        return _completion(reply.body)

    async def _persistent(self, choice: ModelChoice, question: Question) -> Reply:
        for attempt in range(choice.max_retries + 1):
            is_last = attempt == choice.max_retries
            try:
                reply = await self._accepted(choice, question)
            except Unreachable as error:
                if is_last or error.details.get("reason") == "size":
                    raise ModelFailed(f"The model's endpoint could not be asked. {error.summary}") from error
                _log.info("A model's endpoint is away (%s); asking again.", error.details.get("reason"))
                await self._sleep(_wait_s(attempt, None))
                continue
            if is_last or (reply.status not in _LATER and reply.status < 500) or reply.status in _REFUSES:
                return reply
            _log.info("A model's endpoint answered HTTP %s; asking again.", reply.status)
            await self._sleep(_wait_s(attempt, reply.retry_after_s))
        raise AssertionError("the last attempt returns or raises")

    async def _accepted(self, choice: ModelChoice, question: Question) -> Reply:
        """What comes back once the endpoint takes the question as it is put, or when nothing is left to leave out."""
        known = (choice.base_url, choice.model)
        manner = self._manners.get(known, Manner())
        while True:
            reply = await self._post(choice, body_of(choice, question, manner))
            following = manner.without(reply.body) if reply.status in _REFUSES else None
            if following is None:
                if 200 <= reply.status < 300:
                    self._remember(known, manner)
                return reply
            manner = following

    def _remember(self, known: tuple[str, str], manner: Manner) -> None:
        self._manners[known] = manner
        self._manners.move_to_end(known)
        while len(self._manners) > MOST_REMEMBERED:
            self._manners.popitem(last=False)

    async def _post(self, choice: ModelChoice, body: bytes) -> Reply:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        if choice.api_key:
            headers["Authorization"] = f"Bearer {choice.api_key}"
        return await self._egress.exchange(
            choice.base_url.rstrip("/") + "/chat/completions",
            headers=headers,
            body=body,
            timeout_s=choice.timeout_s,
            max_bytes=MAX_ANSWER_BYTES,
        )


def _wait_s(attempt: int, told_s: int | None) -> float:
    """Twice as long each time, with some chance in it; at least what the endpoint asks for."""
    own = FIRST_WAIT_S * float(2**attempt) * random.uniform(0.75, 1.25)  # noqa: S311 -- nothing secret
    return min(LONGEST_WAIT_S, max(own, told_s or 0))


def _completion(body: bytes) -> Completion:
    try:
        answer = orjson.loads(body)
        text = answer["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError):
        raise ModelFailed("The answer of the model's endpoint is no chat completion.") from None
    used = answer.get("usage")
    return Completion(
        text if isinstance(text, str) else "",
        _tokens(used, "prompt_tokens"),
        _tokens(used, "completion_tokens"),
    )


def _tokens(used: Any, name: str) -> int:
    count = used.get(name) if isinstance(used, dict) else None
    return min(max(0, count), 10**9) if isinstance(count, int) and not isinstance(count, bool) else 0
