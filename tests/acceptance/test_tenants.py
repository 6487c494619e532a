"""Tenants never see each other, whatever they ask for; a key does what its scopes say and no more."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.acceptance.harness import Server, until
from tests.acceptance.tenants import (
    PATHS,
    Tenant,
    Town,
    address,
    addresses,
    bodies,
    documented,
    documented_members,
    letter,
    settle,
)

REMEMBERED_S = 10.0
"""The longest a key may outlive its revocation, as docs/how-to/manage-keys.md has it."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    server = Server(tmp_path_factory.mktemp("tenants") / "data", options=("--no-workers",)).start()
    found = Town(server)
    try:
        settle(found)
        yield found
    finally:
        found.close()
        assert server.stop() == 0


def said(answer: httpx.Response) -> dict[str, Any]:
    """A problem without what differs from one request to the next."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return {name: value for name, value in answer.json().items() if name != "request_id"}


def never_given(address: str, id_: str) -> str:
    prefix, _, bare = id_.partition("_")
    return address.replace(id_, f"{prefix}_{'0' * len(bare)}")


def test_whatever_one_tenant_made_does_not_exist_for_any_other(town: Town) -> None:
    asked = 0
    for owner in town.tenants:
        for method, path, url in addresses(owner):
            id_ = next(id_ for id_ in owner.ids() if f"/{id_}" in url)
            for stranger in town.strangers(owner):
                answer = stranger.request(method, url)

                where = f"{method} {path} of {owner.name}"
                assert answer.status_code == 404, f"{where}: {answer.status_code} {answer.text}"
                unknown = stranger.request(method, never_given(url, id_))
                assert said(answer) == said(unknown), f"{where}: not the answer to an unknown id"
                asked += 1
    assert asked > 300


def test_naming_something_of_another_tenant_in_a_body_finds_nothing(town: Town) -> None:
    for owner in town.tenants:
        for path, member, body in bodies(owner):
            for stranger in town.strangers(owner):
                place = town.own_place(path, stranger)
                answer = stranger.post(place, json=body)

                assert answer.status_code == 404, f"{path} {member}: {answer.status_code} {answer.text}"
                unknown = stranger.post(place, json=body | {member: never_given(body[member], body[member])})
                assert said(answer) == said(unknown)


def test_every_id_that_a_body_may_name_is_tried(town: Town) -> None:
    assert {(path, member) for path, member, _ in bodies(town.tenants[0])} == documented_members()


METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
SPELLINGS = st.sampled_from(["{prefix}_{bare}", "{bare}", "job_{bare}", "file_{bare}", "{prefix}_{bare}%00"])
PARAMETERS = st.dictionaries(
    st.sampled_from(["wait", "after", "limit"]), st.integers(1, 3).map(str), max_size=2
)
HEADERS = st.dictionaries(
    st.sampled_from(["If-None-Match", "Range", "Last-Event-ID"]),
    st.sampled_from(["*", 'W/"1"', "bytes=0-1", "1"]),
    max_size=2,
)
STEP = st.tuples(
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 99),
    st.sampled_from(PATHS),
    METHODS,
    SPELLINGS,
    PARAMETERS,
    HEADERS,
)


@settings(max_examples=150, deadline=None)
@given(walk=st.lists(STEP, min_size=1, max_size=15))
def test_no_walk_over_routes_ids_and_methods_finds_anything_foreign(town: Town, walk: list[Any]) -> None:
    for owner_number, stranger_number, id_number, path, method, spelling, parameters, headers in walk:
        owner = town.tenants[owner_number]
        strangers = town.strangers(owner)
        stranger = strangers[stranger_number % len(strangers)]
        prefix, _, bare = owner.ids()[id_number % len(owner.ids())].partition("_")

        url = address(path, spelling.format(prefix=prefix, bare=bare))
        answer = stranger.request(method, url, params=parameters, headers=headers)

        assert answer.status_code in {404, 405}, f"{method} {url}: {answer.status_code} {answer.text}"
        told = answer.text + str(answer.headers)
        assert not [mark for mark in owner.marks() if mark in told], f"{method} {url}: {told}"


def test_after_all_that_everything_is_still_there(town: Town) -> None:
    for owner in town.tenants:
        jobs = [owner.http.get(f"/v1/jobs/{job_id}") for job_id in owner.made["job_id"]]
        file = owner.http.get(f"/v1/files/{owner.made['file_id'][0]}/content")

        assert [job.json()["status"] for job in jobs[:3]] == ["completed", "completed", "queued"]
        assert owner.secret in owner.http.get(f"/v1/jobs/{owner.made['job_id'][0]}/result?format=text").text
        assert (file.status_code, file.content[:4]) == (200, b"%PDF")


def listed(http: httpx.Client, path: str, name: str, **parameters: Any) -> list[str]:
    answer = http.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    return sorted(str(entry["id"]) for entry in answer.json()[name])


def test_lists_show_what_is_ones_own_and_nothing_else(town: Town) -> None:
    for owner in town.tenants:
        assert listed(owner.http, "/v1/jobs", "jobs", limit=200) == sorted(owner.made["job_id"])
        assert listed(owner.http, "/v1/files", "files") == owner.made["file_id"]
        assert listed(owner.http, "/v1/keys", "keys") == owner.made["key_id"]
        assert listed(owner.http, "/v1/projects", "projects") == [owner.project_id]
    for organization, http in town.administrators.items():
        own = [tenant for tenant in town.tenants if tenant.organization_id == organization]
        jobs = sorted(job_id for tenant in own for job_id in tenant.made["job_id"])
        assert listed(http, "/v1/jobs", "jobs", limit=200) == jobs
        assert listed(http, "/v1/projects", "projects") == sorted(tenant.project_id for tenant in own)


def test_no_filter_and_no_cursor_reaches_into_another_tenant(town: Town) -> None:
    for owner in town.tenants:
        cursor = owner.http.get("/v1/jobs", params={"limit": 1}).json()["next_cursor"]
        for stranger in town.strangers(owner):
            assert listed(stranger, "/v1/jobs", "jobs", q=owner.secret) == []
            assert listed(stranger, "/v1/jobs", "jobs", **{"metadata.case": owner.secret}) == []
            found = listed(stranger, "/v1/jobs", "jobs", cursor=cursor, limit=200)
            assert not set(found) & set(owner.made["job_id"])


def test_numbers_and_events_count_only_ones_own(town: Town) -> None:
    for owner in town.tenants:
        stats = owner.http.get("/v1/jobs/stats").json()
        events = owner.http.get(f"/v1/jobs/{owner.made['job_id'][0]}/events").text

        assert stats["totals"]["submitted"] == len(owner.made["job_id"])
        assert sum(stats["by_status"].values()) == len(owner.made["job_id"])
        told = {json.loads(line[5:])["job_id"] for line in events.splitlines() if line.startswith("data:")}
        assert told == {owner.made["job_id"][0]}


def test_what_needs_no_key_names_no_tenant(town: Town) -> None:
    nobody = town.client("")
    public = "".join(nobody.get(path).text for path in ("/", "/healthz", "/readyz", "/metrics"))

    assert [mark for tenant in town.tenants for mark in tenant.marks() if mark in public] == []


def test_an_idempotency_key_means_nothing_in_another_project(town: Town) -> None:
    jobs = {}
    for tenant in town.tenants:
        answer = tenant.submit(letter(f"again {tenant.name}"), headers={"Idempotency-Key": "the-same-key"})
        assert "Idempotency-Replayed" not in answer.headers
        jobs[tenant.name] = answer.json()["id"]
    assert len(set(jobs.values())) == 4

    again = town.tenants[0].submit(letter("again acme-0"), headers={"Idempotency-Key": "the-same-key"})
    assert again.json()["id"] == jobs["acme-0"]
    assert again.headers["Idempotency-Replayed"] == "true"


def test_the_same_bytes_are_read_for_each_organization(town: Town) -> None:
    hits = {name: job["cache_hit"] for name, job in town.shared.items()}

    assert {job["status"] for job in town.shared.values()} == {"completed"}
    assert hits == {"acme-0": False, "acme-1": True, "globex-0": False, "globex-1": True}


SCOPES = {
    "submit_job": "extract:write",
    "inspect_document": "extract:write",
    "list_jobs": "jobs:read",
    "read_stats": "jobs:read",
    "read_job": "jobs:read",
    "download_result": "jobs:read",
    "download_source": "jobs:read",
    "list_pages": "jobs:read",
    "read_page": "jobs:read",
    "download_image": "jobs:read",
    "download_page_image": "jobs:read",
    "sign_page_image": "jobs:read",
    "follow_job": "jobs:read",
    "cancel_job": "jobs:write",
    "retry_job": "jobs:write",
    "purge_job": "jobs:write",
    "list_files": "files:read",
    "read_file": "files:read",
    "download_file": "files:read",
    "upload_file": "files:write",
    "delete_file": "files:write",
    "list_webhooks": "webhooks:write",
    "create_webhook": "webhooks:write",
    "read_webhook": "webhooks:write",
    "change_webhook": "webhooks:write",
    "delete_webhook": "webhooks:write",
    "rotate_webhook_secret": "webhooks:write",
    "test_webhook": "webhooks:write",
    "list_deliveries": "webhooks:write",
    "read_delivery": "webhooks:write",
    "replay_delivery": "webhooks:write",
    "list_events": "jobs:read",
    "replay_job": "extract:write",
    "diff_jobs": "jobs:read",
    "create_batch": "extract:write",
    "list_batches": "jobs:read",
    "read_batch": "jobs:read",
    "cancel_batch": "jobs:write",
    "export_batch": "jobs:read",
    "create_upload": "files:write",
    "list_uploads": "files:write",
    "read_upload": "files:write",
    "put_upload_part": "files:write",
    "put_upload_content": "files:write",
    "complete_upload": "files:write",
    "abort_upload": "files:write",
    "read_usage": "usage:read",
    "read_audit": "admin",
    "read_me": None,
    "make_token": None,
    "read_project": "admin",
    "change_project": "admin",
    "read_key": "admin",
    "rotate_key": "admin",
    "list_projects": "admin",
    "create_project": "admin",
    "list_keys": "admin",
    "create_key": "admin",
    "revoke_key": "admin",
    "change_key": "admin",
    "read_fields": "jobs:read",
    "correct_fields": "jobs:write",
    "read_fields_history": "jobs:read",
    "list_templates": "jobs:read",
    "read_template": "jobs:read",
    "create_template": "templates:write",
    "replace_template": "templates:write",
    "change_template": "templates:write",
    "delete_template": "templates:write",
    "list_template_versions": "jobs:read",
    "read_template_schema": "jobs:read",
    "list_examples": "jobs:read",
    "add_example": "templates:write",
    "delete_example": "templates:write",
    "list_references": "jobs:read",
    "add_reference": "templates:write",
    "delete_reference": "templates:write",
    "list_document_types": None,
    "read_document_type": None,
    "read_document_type_schema": None,
    "list_engines": None,
}
"""What each operation of the API asks for; none: any key."""
ALL = ["extract:write", "jobs:read", "jobs:write", "files:read", "files:write"]
ALL += ["templates:write", "webhooks:write", "usage:read"]


def key_of(owner: Tenant, town: Town, **members: Any) -> dict[str, Any]:
    answer = owner.http.post("/v1/keys", json={"name": "narrow", **members})
    assert answer.status_code == 201, answer.text
    owner.made["key_id"].append(answer.json()["id"])
    owner.made["key_id"].sort()
    return dict(answer.json())


def test_a_key_without_the_scope_is_told_which_one_it_lacks(town: Town) -> None:
    owner = town.tenants[0]
    keys = {
        scope: town.client(key_of(owner, town, scopes=[name for name in ALL if name != scope])["key"])
        for scope in {scope for scope in SCOPES.values() if scope}
    }

    nobody = town.client("")
    for method, path, operation in documented():
        if not path.startswith("/v1/"):
            continue
        scope = SCOPES[operation["operationId"]]
        kind = next((name for name in owner.made if "{" + name + "}" in path), "job_id")
        url = address(path, owner.made[kind][0])
        refused = nobody.request(method, url)
        assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated"), f"{method} {path}"
        if scope is not None:
            answer = keys[scope].request(method, url)
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), f"{method} {path}"
            assert answer.json()["scope"] == scope, f"{method} {path}"
            assert scope in answer.json()["detail"], f"{method} {path}"


def test_a_key_with_only_that_scope_is_enough_and_lends_no_other(town: Town) -> None:
    owner = town.tenants[1]
    job_id = owner.made["job_id"][0]

    reader = town.client(key_of(owner, town, scopes=["jobs:read"])["key"])

    assert reader.get(f"/v1/jobs/{job_id}").status_code == 200
    assert reader.get(f"/v1/jobs/{job_id}/result").status_code == 200
    assert reader.delete(f"/v1/jobs/{job_id}").json()["scope"] == "jobs:write"
    assert reader.post("/v1/keys", json={"name": "x", "scopes": ["admin"]}).json()["scope"] == "admin"


def test_a_revoked_key_is_refused_at_once_here_and_soon_everywhere(town: Town) -> None:
    owner = town.tenants[2]
    made = [key_of(owner, town, scopes=["jobs:read"]) for _ in range(2)]
    here, elsewhere = (town.client(key["key"]) for key in made)
    assert [http.get("/v1/jobs").status_code for http in (here, elsewhere)] == [200, 200]

    assert owner.http.delete(f"/v1/keys/{made[0]['id']}").status_code == 200
    assert here.get("/v1/jobs").status_code == 401
    town.server.run("keys", "revoke", made[1]["id"], "--data-dir", str(town.server.data_dir))
    began = time.monotonic()
    refused = until(
        lambda: answer if (answer := elsewhere.get("/v1/jobs")).status_code != 200 else None,
        within_s=REMEMBERED_S + 1,
        what="the revoked key to be refused",
    )

    assert time.monotonic() - began <= REMEMBERED_S + 1
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")


def test_an_expired_key_is_refused_from_that_moment(town: Town) -> None:
    owner = town.tenants[3]
    ends = time.time() + 2.5
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(ends)) + f".{int(ends % 1 * 1000):03d}Z"
    http = town.client(key_of(owner, town, scopes=["jobs:read"], expires_at=moment)["key"])
    assert http.get("/v1/jobs").status_code == 200

    until(lambda: time.time() > ends + 0.05, within_s=5, what="the key's end")
    refused = http.get("/v1/jobs")

    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")
