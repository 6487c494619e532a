"""A language model behind a real endpoint: how it is asked, how long, and what comes back from its moods."""

import json
import logging

import pytest

from octavo.adapters.egress import GuardedEgress, parse_allowed
from octavo.adapters.models import ModelEndpoints
from octavo.domain.template import ModelChoice
from octavo.ports.egress import AddressRefused
from octavo.ports.models import Completion, ModelFailed, Question
from tests.models import model_server

QUESTION = Question("Fill in.", "p1w1|Q-17/b p1w2|Maria", {"type": "object"}, 100)


def choice(port: int, model: str, **changes: object) -> ModelChoice:
    values = {"api_key": model_server.KEY, "timeout_s": 20.0, "max_retries": 1, **changes}
    return ModelChoice(f"http://127.0.0.1:{port}/v1", model, **values)  # type: ignore[arg-type]


class Asked:
    """An endpoint asked once, with the waits that it took."""

    def __init__(self, allowed: tuple[str, ...] = ("127.0.0.1",)) -> None:
        self.waits: list[float] = []
        self._allowed = parse_allowed(allowed)

    async def complete(self, *choices: ModelChoice) -> Completion:
        """The last answer."""

        async def wait(seconds: float) -> None:
            self.waits.append(seconds)

        async with GuardedEgress(self._allowed) as egress:
            endpoints = ModelEndpoints(egress, sleep=wait)
            answers = [await endpoints.complete(one, QUESTION) for one in choices]
        return answers[-1]


async def times_seen(port: int, model: str) -> int:
    async with (
        GuardedEgress(parse_allowed(("127.0.0.1",))) as egress,
        egress.download(f"http://127.0.0.1:{port}/seen", timeout_s=5) as answer,
    ):
        content = b"".join([chunk async for chunk in answer.chunks])
    return int(json.loads(content).get(model, 0))


async def test_an_answer_comes_with_what_it_cost(port: int) -> None:
    answer = await Asked().complete(choice(port, "honest"))

    assert json.loads(answer.text)["plot"] == {"value": "Q-17/b", "words": ["p1w1"]}
    assert (answer.input_tokens, answer.output_tokens) == (1000, 200)


async def test_a_busy_endpoint_is_asked_again_when_it_says(port: int) -> None:
    asked = Asked()

    answer = await asked.complete(choice(port, "busy-once:honest"))

    assert json.loads(answer.text)["rent"]["value"] == 1234.5
    assert len(asked.waits) == 1
    assert asked.waits[0] >= 1, "it asked for a second"


async def test_an_endpoint_that_is_too_slow_once_is_asked_again(port: int) -> None:
    answer = await Asked().complete(choice(port, "slow-once:honest", timeout_s=0.5))

    assert json.loads(answer.text)["tenant"]["value"] == "Maria Quince"


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("slow", "did not answer in time"),
        ("away", "HTTP 503"),
        ("huge", "too long"),
        ("moved", "HTTP 307"),
        ("refuses", "HTTP 400"),
        ("web-page", "no chat completion"),
    ],
)
async def test_a_model_that_fails_says_how(port: int, model: str, said: str) -> None:
    with pytest.raises(ModelFailed, match=said):
        await Asked().complete(choice(port, model, timeout_s=20 if model == "huge" else 0.5))


async def test_waits_grow_and_end(port: int) -> None:
    asked = Asked()

    with pytest.raises(ModelFailed):
        await asked.complete(choice(port, "away", max_retries=4))

    assert len(asked.waits) == 4
    assert asked.waits == sorted(asked.waits)


@pytest.mark.parametrize("model", ["no-schema:honest", "plain:honest", "renamed:honest"])
async def test_an_endpoint_that_refuses_a_part_is_asked_without_it(port: int, model: str) -> None:
    asked = Asked()

    answer = await asked.complete(choice(port, model, max_retries=0))

    assert json.loads(answer.text)["plot"]["value"] == "Q-17/b"
    assert asked.waits == []


async def test_what_an_endpoint_refuses_is_not_asked_of_it_again(port: int) -> None:
    first = choice(port, "no-schema:invents")
    before = await times_seen(port, first.model)

    await Asked().complete(first, first)

    assert await times_seen(port, first.model) - before == 3, "refused, answered, answered"


async def test_a_wrong_key_is_told_and_never_shown(port: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = choice(port, "honest", api_key="sk-very-secret")

    with pytest.raises(ModelFailed, match="refuses the key") as refused:
        await Asked().complete(wrong)

    assert "sk-very-secret" not in f"{wrong!r}{refused.value}{refused.value.details}{caplog.text}"


async def test_an_address_inside_is_refused_unless_the_operator_allows_it(port: int) -> None:
    with pytest.raises(AddressRefused):
        await Asked(allowed=()).complete(choice(port, "honest"))
