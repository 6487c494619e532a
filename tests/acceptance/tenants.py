"""Two organizations with two projects each, everything they made, and every way to ask for it."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
from reportlab.pdfgen.canvas import Canvas

from tests.acceptance.harness import FINAL, Server, Worker, until

OPENAPI: dict[str, Any] = json.loads((Path(__file__).parents[2] / "openapi.json").read_text())
SUBMIT = "/v1/jobs"


def letter(text: str) -> bytes:
    """A small page with a text layer."""
    content = BytesIO()
    canvas = Canvas(content, pagesize=(300, 200), invariant=1)
    canvas.drawString(30, 100, text)
    canvas.save()
    return content.getvalue()


@dataclass
class Tenant:
    """One project with a key that may do everything there, and what it made."""

    name: str
    organization_id: str
    project_id: str
    http: httpx.Client
    secret: str
    """Stands in its document, its file names and its metadata, and nowhere else."""
    made: dict[str, list[str]] = field(default_factory=dict)
    """The ids of what it made, by the name of the path's parameter."""

    def submit(
        self, content: bytes, *, headers: dict[str, str] | None = None, **fields: str
    ) -> httpx.Response:
        fields = {"metadata": json.dumps({"case": self.secret})} | fields
        answer = self.http.post(
            SUBMIT, files={"file": (f"{self.secret}.pdf", content)}, data=fields, headers=headers or {}
        )
        assert answer.status_code in {200, 202}, answer.text
        job_id = str(answer.json()["id"])
        if job_id not in self.made.setdefault("job_id", []):
            self.made["job_id"].append(job_id)
        return answer

    def finished(self, job_id: str) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            job = dict(self.http.get(f"{SUBMIT}/{job_id}", params={"wait": 5}).json())
            return job if job["status"] in FINAL else None

        return until(look, within_s=120, what=f"job {job_id} to end")

    def ids(self) -> list[str]:
        return [id_ for ids in self.made.values() for id_ in ids]

    def marks(self) -> list[str]:
        """What must not be seen by anybody else."""
        bare = [id_.partition("_")[2] for id_ in self.ids()]
        return [self.secret, self.project_id.partition("_")[2], *bare]


@dataclass
class Town:
    """Acme's and Globex's projects, and a key of each whole organization."""

    server: Server
    tenants: list[Tenant] = field(default_factory=list)
    administrators: dict[str, httpx.Client] = field(default_factory=dict)
    """By organization id."""
    shared: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The job that each tenant's submission of the same bytes became, by the tenant's name, once it had ended."""

    opened: list[httpx.Client] = field(default_factory=list)

    def client(self, key: str) -> httpx.Client:
        """For that key, or for nobody; closed with the town."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.opened.append(httpx.Client(base_url=self.server.url, headers=headers, timeout=60))
        return self.opened[-1]

    def close(self) -> None:
        for http in self.opened:
            http.close()

    def own_place(self, path: str, caller: httpx.Client) -> str:
        """The path with what the caller made itself, so that only the body is somebody else's."""
        made = next((tenant.made for tenant in self.tenants if tenant.http is caller), {})
        return re.sub(r"\{(\w+)\}", lambda name: made.get(name[1], [name[0]])[0], path)

    def strangers(self, owner: Tenant) -> list[httpx.Client]:
        others = [tenant.http for tenant in self.tenants if tenant is not owner]
        return others + [
            http
            for organization, http in self.administrators.items()
            if organization != owner.organization_id
        ]


def settle(town: Town) -> None:
    """Every tenant has a job that is completed, one that is queued, a file, a key and its project."""
    server = town.server
    made = server.run(
        "organizations", "create", "--name", "Globex", "--json", "--data-dir", str(server.data_dir)
    )
    globex = str(json.loads(made.stdout)["organizations"][0]["id"])
    server.run(
        "projects", "create", "--name", "second", "--organization", globex, "--data-dir", str(server.data_dir)
    )
    acme_http = town.client(server.key("--scopes", "admin"))
    globex_http = town.client(server.key("--scopes", "admin", "--organization", "Globex"))
    assert acme_http.post("/v1/projects", json={"name": "second"}).status_code == 201
    for name, http in (("acme", acme_http), ("globex", globex_http)):
        projects = http.get("/v1/projects").json()["projects"]
        assert len(projects) == 2
        town.administrators[projects[0]["organization_id"]] = http
        town.tenants += [
            _tenant(town, f"{name}-{number}", project, http) for number, project in enumerate(projects)
        ]
    worker = Worker(server.data_dir).start()
    try:
        _read_documents(town)
    finally:
        worker.stop()
    for tenant in town.tenants:
        _leave_things(tenant)


def _tenant(town: Town, name: str, project: dict[str, Any], administrator: httpx.Client) -> Tenant:
    answer = administrator.post(
        "/v1/keys", json={"name": name, "scopes": ["admin"], "project_id": project["id"]}
    )
    assert answer.status_code == 201, answer.text
    key = answer.json()
    secret = f"{name}-secret-{key['id'][-6:]}"
    made = {"project_id": [str(project["id"])], "key_id": [str(key["id"])]}
    return Tenant(name, project["organization_id"], project["id"], town.client(key["key"]), secret, made)


def _read_documents(town: Town) -> None:
    same = letter("the same bytes for everybody")
    for tenant in town.tenants:
        own = tenant.submit(letter(tenant.secret)).json()
        shared = tenant.submit(same).json()
        ended = tenant.finished(own["id"])
        assert ended["status"] == "completed", ended
        town.shared[tenant.name] = tenant.finished(shared["id"])


def _leave_things(tenant: Tenant) -> None:
    queued = tenant.submit(letter(f"waiting {tenant.secret}"), bypass_cache="true").json()
    assert queued["status"] == "queued"
    file = tenant.http.post("/v1/files", files={"file": (f"{tenant.secret}.pdf", letter(tenant.secret))})
    assert file.status_code == 201, file.text
    tenant.made["file_id"] = [str(file.json()["id"])]
    webhook = tenant.http.post(
        "/v1/webhooks", json={"url": f"https://hooks.example.com/{tenant.secret}", "active": False}
    )
    assert webhook.status_code == 201, webhook.text
    batch = tenant.http.post("/v1/batches", json={"name": tenant.secret})
    assert batch.status_code == 201, batch.text
    tenant.made["batch_id"] = [str(batch.json()["id"])]
    upload = tenant.http.post("/v1/uploads", json={"filename": f"{tenant.secret}.pdf"})
    assert upload.status_code == 201, upload.text
    tenant.made["upload_id"] = [str(upload.json()["id"])]
    tenant.made["webhook_id"] = [str(webhook.json()["id"])]
    template = tenant.http.post("/v1/templates", json={"name": tenant.secret, "fields": {"number": "string"}})
    assert template.status_code == 201, template.text
    tenant.made["template_id"] = [str(template.json()["id"])]


def documented() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of every route."""
    for path, operations in OPENAPI["paths"].items():
        for method, operation in operations.items():
            yield method.upper(), path, operation


PICTURE = "1-0123456789ab"
"""A name as pictures have; what a stranger is told must not hang on whether there is one."""
NAMES = {"number": "1", "name": PICTURE, "document_type": "receipt"}
"""What else a path may name; none of it is anybody's."""
PARAMETER = re.compile(r"{(\w+)}")
PATHS = sorted({path for _, path, _ in documented() if "_id}" in path})


def address(path: str, id_: str) -> str:
    """The path with the id put in; a parameter that this does not know fails the test that asks."""
    names = PARAMETER.findall(path)
    return path.format(**{name: id_ for name in names if name.endswith("_id")}, **NAMES)


def addresses(tenant: Tenant) -> Iterator[tuple[str, str, str]]:
    """(method, path, address) of every documented route that takes an id, for each fitting id of the tenant."""
    for method, path, _ in documented():
        names = [name for name in PARAMETER.findall(path) if name.endswith("_id")]
        for id_ in tenant.made[names[0]] if names else ():
            yield method, path, address(path, id_)


def bodies(tenant: Tenant) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, member, body) of every request whose body may name something of the tenant's."""
    file_id, project_id = tenant.made["file_id"][0], tenant.project_id
    yield "/v1/jobs", "file_id", {"file_id": file_id}
    inline = b64encode(letter("a try")).decode()
    yield "/v1/jobs", "project_id", {"project_id": project_id, "content_base64": inline}
    template_id, fields = tenant.made["template_id"][0], {"number": "string"}
    yield "/v1/jobs", "template_id", {"template_id": template_id, "content_base64": inline}
    yield "/v1/jobs/{job_id}/replay", "template_id", {"template_id": template_id}
    yield "/v1/templates", "project_id", {"name": "t", "fields": fields, "project_id": project_id}
    yield "/v1/templates/{template_id}/examples", "job_id", {"job_id": tenant.made["job_id"][0]}
    batch_id = tenant.made["batch_id"][0]
    yield "/v1/jobs", "batch_id", {"batch_id": batch_id, "content_base64": inline}
    yield "/v1/batches", "project_id", {"project_id": project_id}
    yield "/v1/uploads", "project_id", {"project_id": project_id}
    yield "/v1/inspect", "file_id", {"file_id": file_id}
    yield "/v1/webhooks", "project_id", {"url": "https://hooks.example.com/", "project_id": project_id}
    yield "/v1/keys", "project_id", {"name": "mine", "scopes": ["jobs:read"], "project_id": project_id}


def documented_members() -> set[tuple[str, str]]:
    """(path, member) of every member of a request's JSON body that is an id."""
    found = set()
    for _, path, operation in documented():
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content:
            schema = OPENAPI["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
            found |= {(path, name) for name in schema["properties"] if name.endswith("_id")}
    return found
