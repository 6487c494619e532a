"""Reading a source again, and comparing two results."""

from datetime import UTC, datetime

import httpx
from tests.exporters.samples import page_of
from tests.http.world import World, job_id, problem_of, submit

from octavo.pipeline.compare import Change, compare_fields, compare_pages


async def test_a_replay_is_a_new_job_over_the_same_source(world: World, client: httpx.AsyncClient) -> None:
    first = await submit(client, profile="fast", languages="de", metadata='{"case": 7}')

    answer = await client.post(f"/v1/jobs/{first['id']}/replay", json={"profile": "advanced"})
    again = answer.json()

    assert answer.status_code == 202, answer.text
    assert again["replay_of"] == first["id"]
    assert again["id"] != first["id"]
    assert again["sha256"] == first["sha256"]
    assert (again["options"]["profile"], again["options"]["languages"]) == ("advanced", ["de"])
    assert again["metadata"] == {"case": 7}
    unknown = await client.post(f"/v1/jobs/{first['id']}/replay", json={"file_id": "x"})
    problem_of(unknown, 422, "validation_failed")


async def test_a_time_limit_is_told_and_a_replay_may_take_it_away(client: httpx.AsyncClient) -> None:
    first = await submit(client, time_limit_s="2.5")
    path = f"/v1/jobs/{first['id']}/replay"

    same = (await client.post(path, json={})).json()
    free = (await client.post(path, json={"time_limit_s": None})).json()

    assert [job["options"]["time_limit_s"] for job in (first, same, free)] == [2.5, 2.5, None]
    problem_of(await client.post(path, json={"time_limit_s": 0}), 422, "validation_failed")


async def test_what_has_no_source_any_more_cannot_be_read_again(
    world: World, client: httpx.AsyncClient
) -> None:
    job = await submit(client)
    world.store.change(job_id(job["id"]), None, source_deleted_at=datetime(2026, 1, 1, tzinfo=UTC))

    problem_of(await client.post(f"/v1/jobs/{job['id']}/replay", json={}), 410, "gone")


async def test_two_results_are_compared_page_by_page(world: World, client: httpx.AsyncClient) -> None:
    left, right = await submit(client), await submit(client, bypass_cache="true")
    path = f"/v1/jobs/{left['id']}/diff/{right['id']}"
    early = await client.get(path)
    for job in (left, right):
        await world.complete(job["id"])

    first = (await client.get(path, params={"limit": 2})).json()
    rest = (await client.get(path, params={"cursor": first["next_cursor"]})).json()

    problem_of(early, 409, "conflict")
    assert [page["number"] for page in first["pages"] + rest["pages"]] == [1, 2, 3]
    assert all(page["blocks"] == [] and page["word_likeness"] == 1.0 for page in first["pages"])
    assert rest["next_cursor"] is None


def test_a_page_that_only_one_has_is_added_or_removed() -> None:
    page = page_of(1)

    added, removed = compare_pages(1, None, page), compare_pages(1, page, None)

    assert {block.change for block in added.blocks} == {Change.ADDED}
    assert {block.change for block in removed.blocks} == {Change.REMOVED}
    assert len(added.blocks) == len(page.blocks)
    assert added.word_likeness == 0.0


def test_fields_are_compared_by_path_and_null_is_missing() -> None:
    left = {"total": 10.0, "seller": {"name": "A", "email": None}, "line_items": [{"amount": 1}]}
    right = {"total": 12.0, "seller": {"name": "A"}, "line_items": [{"amount": 1}, {"amount": 2}]}

    found = {(one.path, one.change, one.left, one.right) for one in compare_fields(left, right)}

    assert found == {
        ("total", Change.CHANGED, 10.0, 12.0),
        ("line_items.1.amount", Change.ADDED, None, 2),
    }
