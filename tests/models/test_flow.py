"""A document's way past a language model: which is asked, what it may cost, and what its failing costs."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from octavo.app.extract import extract_fields_of
from octavo.domain.errors import OctavoError
from octavo.domain.field import Fields, FieldsSummary
from octavo.domain.job import FieldsStanding
from octavo.domain.template import ModelChoice
from octavo.exporters.fields_json import fields_to_json
from octavo.exporters.questions_json import questions_to_json
from octavo.http.identifiers import PROJECT
from octavo.ports.egress import AddressRefused
from octavo.ports.isolation import ChildDied, ExtractRequest
from octavo.ports.models import Completion, ModelFailed, Question
from tests.http.fakes import FakeIsolation
from tests.http.world import PDF, World, job_id, submit

MODEL = {
    "base_url": "https://models.example/v1",
    "model": "small",
    "api_key": "sk-secret",
    "input_price": 2.0,
}
QUESTIONS = (Question("a", "b", {}, 1), Question("c", "d", {}, 1))


class Asking(FakeIsolation):
    """Has two questions; writes what it was told as the fields' notes and use."""

    def __init__(self, *, deaf: bool = False) -> None:
        super().__init__()
        self.deaf = deaf
        self.requests: list[ExtractRequest] = []

    async def extract(self, request: ExtractRequest) -> FieldsSummary:
        self.requests.append(request)
        if request.questions is not None:
            request.questions.write_text(json.dumps(questions_to_json(QUESTIONS, ())), encoding="utf-8")
        if self.deaf and request.told is not None and request.told.answers:
            raise ChildDied("The answer was too much.")
        told = request.told
        fields = Fields(
            "generic", None, (), notes=told.notes if told else (), model=told.use if told else None
        )
        request.target.write_text(json.dumps(fields_to_json(fields, ())), encoding="utf-8")
        return fields.summary


class FakeModel:
    def __init__(self, *answers: Completion | OctavoError) -> None:
        self.answers = list(answers)
        self.choices: list[ModelChoice] = []

    async def complete(self, choice: ModelChoice, question: Question) -> Completion:
        assert question in QUESTIONS
        self.choices.append(choice)
        answer = self.answers.pop(0)
        if isinstance(answer, OctavoError):
            raise answer
        return answer


ANSWERS = (Completion("{}", 1000, 50), Completion("{}", 500, 50))


@pytest.fixture
async def world() -> World:
    return await World().settle()


Run = Callable[..., Awaitable[FieldsStanding | None]]


@pytest.fixture
def run(world: World, tmp_path: Path) -> Run:
    async def send(model: FakeModel, isolation: Asking, **options: Any) -> FieldsStanding | None:
        world.services = replace(world.services, isolation=isolation, models=model)
        async with world.client() as client:
            sent = await submit(client, PDF, **options)
        job = world.store.rows[job_id(sent["id"])]
        return await extract_fields_of(job, tmp_path / "document", services=world.services)

    return send


async def with_project_model(world: World) -> None:
    async with world.client() as client:
        changed = await client.patch(f"/v1/projects/{PROJECT}{world.acme.project.id}", json={"model": MODEL})
    assert changed.status_code == 200, changed.text


async def with_template_model(world: World, **changes: Any) -> str:
    body = {"name": "t", "fields": {"total": "money"}, "model": {**MODEL, **changes}}
    async with world.client() as client:
        return str((await client.post("/v1/templates", json=body)).json()["id"])


async def test_the_model_of_a_project_is_asked_with_its_key(world: World, run: Run) -> None:
    await with_project_model(world)
    model, isolation = FakeModel(*ANSWERS), Asking()

    standing = await run(model, isolation)

    assert standing is not None
    assert standing.summary.model is not None
    assert [choice.api_key for choice in model.choices] == ["sk-secret", "sk-secret"]
    used = standing.summary.model
    assert (used.name, used.questions, used.input_tokens, used.output_tokens) == ("small", 2, 1500, 100)
    assert used.cost == pytest.approx(0.003)
    assert isolation.requests[1].told is not None
    assert isolation.requests[1].told.answers == ("{}", "{}")


async def test_the_model_of_a_template_goes_before_the_projects(world: World, run: Run) -> None:
    await with_project_model(world)
    template = await with_template_model(world, model="large")
    model = FakeModel(*ANSWERS)

    await run(model, Asking(), template_id=template)

    assert {choice.model for choice in model.choices} == {"large"}


async def test_no_child_is_told_the_key(world: World, run: Run) -> None:
    template = await with_template_model(world)
    isolation = Asking()

    await run(FakeModel(*ANSWERS), isolation, template_id=template)

    assert len(isolation.requests) == 2
    assert "sk-secret" not in repr(isolation.requests)
    for request in isolation.requests:
        assert request.order.template is not None
        assert request.order.template.model is None or request.order.template.model.api_key is None


async def test_a_job_may_do_without(world: World, run: Run) -> None:
    await with_project_model(world)
    model, isolation = FakeModel(), Asking()

    standing = await run(model, isolation, use_model="false")

    assert standing is not None
    assert standing.summary.model is None
    assert isolation.requests[0].questions is None
    assert model.choices == []


async def test_who_insists_on_a_model_that_is_not_there_is_refused(world: World) -> None:
    async with world.client() as client:
        answer = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, data={"use_model": "true"})

    assert answer.status_code in (400, 422)
    assert answer.json()["option"] == "use_model"


async def test_with_and_without_a_model_are_different_work(world: World) -> None:
    async with world.client() as client:
        before = await submit(client, PDF)
        await with_project_model(world)
        after = await submit(client, PDF)
    rows = world.store.rows

    assert rows[job_id(before["id"])].cache_key != rows[job_id(after["id"])].cache_key
    assert after["options"]["model"] == "small at https://models.example/v1"
    assert "sk-secret" not in json.dumps(after)


@pytest.mark.parametrize(
    "error", [ModelFailed("It is away."), AddressRefused("Not public.")], ids=["away", "inside"]
)
async def test_a_model_that_fails_costs_its_answers_alone(world: World, run: Run, error: OctavoError) -> None:
    await with_project_model(world)
    model = FakeModel(ANSWERS[0], error)

    standing = await run(model, Asking())

    assert standing is not None
    assert standing.summary.notes == ("model_failed",)
    assert standing.summary.model is not None
    assert (standing.summary.model.questions, standing.summary.model.input_tokens) == (1, 1000)


async def test_an_answer_that_ends_its_child_is_left_out(world: World, run: Run) -> None:
    await with_project_model(world)

    standing = await run(FakeModel(*ANSWERS), Asking(deaf=True))

    assert standing is not None
    assert standing.summary.notes == ("model_failed",)
    assert standing.summary.model is not None
    assert standing.summary.model.input_tokens == 1500, "it was asked, and it costs"


async def test_a_job_whose_project_has_another_model_by_now_is_read_without(world: World, run: Run) -> None:
    await with_project_model(world)
    async with world.client() as client:
        sent = await submit(client, PDF)
        other = {**MODEL, "base_url": "https://elsewhere.example/v1"}
        await client.patch(f"/v1/projects/{PROJECT}{world.acme.project.id}", json={"model": other})
    model = FakeModel()
    world.services = replace(world.services, isolation=Asking(), models=model)

    await extract_fields_of(world.store.rows[job_id(sent["id"])], Path("document"), services=world.services)

    assert model.choices == []


async def test_the_key_of_a_projects_model_is_never_shown_and_stays_with_its_address(world: World) -> None:
    path = f"/v1/projects/{PROJECT}{world.acme.project.id}"
    keyless = {name: value for name, value in MODEL.items() if name != "api_key"}
    async with world.client() as client:
        shown = await client.patch(path, json={"model": MODEL})
        kept = await client.patch(path, json={"model": {**keyless, "model": "large"}})
        moved = await client.patch(path, json={"model": {**keyless, "base_url": "https://thief.example/v1"}})
        gone = await client.patch(path, json={"model": None})

    assert "sk-secret" not in shown.text + kept.text + moved.text
    assert [answer.json()["model"]["has_api_key"] for answer in (shown, kept, moved)] == [True, True, False]
    assert gone.json()["model"] is None


INLINE = {"template": json.dumps({"fields": {"total": "money"}, "instructions": "In crowns."})}


async def test_a_template_in_the_job_is_what_the_projects_model_is_asked_about(
    world: World, run: Run
) -> None:
    await with_project_model(world)
    model, isolation = FakeModel(*ANSWERS), Asking()

    await run(model, isolation, **INLINE)

    template = isolation.requests[0].order.template
    assert template is not None
    assert not template.is_stored
    assert ([spec.name for spec in template.fields], template.instructions) == (["total"], "In crowns.")
    assert {choice.model for choice in model.choices} == {"small"}


@pytest.mark.parametrize("error", [ModelFailed("It is away."), AddressRefused("Not public.")])
async def test_a_job_that_requires_its_model_fails_without(
    world: World, run: Run, error: OctavoError
) -> None:
    await with_project_model(world)

    with pytest.raises(ModelFailed) as raised:
        await run(FakeModel(ANSWERS[0], error), Asking(), require_model="true", **INLINE)

    assert raised.value.retryable
    assert raised.value.use is not None
    assert raised.value.use.input_tokens == 1000, "it answered once, and that costs"


async def test_a_job_that_requires_a_model_that_was_taken_away_fails(world: World) -> None:
    await with_project_model(world)
    async with world.client() as client:
        sent = await submit(client, PDF, require_model="true", **INLINE)
        await client.patch(f"/v1/projects/{PROJECT}{world.acme.project.id}", json={"model": None})
    world.services = replace(world.services, isolation=Asking(), models=FakeModel())
    job = world.store.rows[job_id(sent["id"])]

    with pytest.raises(ModelFailed, match="no longer configured"):
        await extract_fields_of(job, Path("document"), services=world.services)


async def test_a_stored_template_lends_its_model_to_the_schema_of_a_job(world: World, run: Run) -> None:
    await with_project_model(world)
    template = await with_template_model(world, model="large")
    schema = {"template": json.dumps({"fields": {"place": "string"}})}
    model, isolation = FakeModel(*ANSWERS), Asking()

    await run(model, isolation, template_id=template, **schema)

    asked = isolation.requests[0].order.template
    assert asked is not None
    assert [spec.name for spec in asked.fields] == ["place"]
    assert {(choice.model, choice.api_key) for choice in model.choices} == {("large", "sk-secret")}
