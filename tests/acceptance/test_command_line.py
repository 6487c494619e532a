"""The commands as a stranger types them: what they write, what they say, how they end."""

import json
import re
import shutil
import ssl
from pathlib import Path

import httpx
import pikepdf
import pytest

from octavo.adapters.engines.models import default_models_dir
from tests.acceptance.harness import Client, Server
from tests.cli.serving import octavo

FORMATS = {"json": "json", "markdown": "md", "text": "txt"}
MODELS = default_models_dir()


def rows(output: str) -> dict[str, list[str]]:
    """The summary's lines by the first column, the file."""
    _, *lines = [line.split("\t") for line in output.splitlines()]
    return {line[0]: line for line in lines}


def test_process_writes_what_the_api_answers(tmp_path: Path, samples: Path) -> None:
    names = ["booking-screenshot.png", "water-report.pdf"]
    folder = tmp_path / "data"

    ran = octavo(
        "process",
        *[str(samples / name) for name in names],
        "--data-dir",
        str(folder),
        "--out",
        str(tmp_path / "out"),
    )

    assert ran.returncode == 0, ran.stderr
    assert {name: row[5] for name, row in rows(ran.stdout).items()} == dict.fromkeys(names, "completed")
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {f"{Path(name).stem}.{ending}" for name in names for ending in FORMATS.values()}
    server = Server(folder, options=("--no-workers",)).start()
    try:
        client = server.client(server.key())
        jobs = client.request("GET", "/v1/jobs").json()["jobs"]
        assert {job["filename"] for job in jobs} == set(names)
        for job in jobs:
            for format_, ending in FORMATS.items():
                path = tmp_path / "out" / f"{Path(job['filename']).stem}.{ending}"
                answer = client.request("GET", f"/v1/jobs/{job['id']}/result", params={"format": format_})
                assert path.read_bytes() == answer.content, path.name
    finally:
        server.stop()


def test_a_bad_file_among_good_ones_is_told_and_costs_only_the_exit_status(
    server: Server, client: Client, samples: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "invoice.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing here")
    out = tmp_path / "out"

    ran = octavo(
        "process",
        *(str(bad), str(samples / "booking-screenshot.png")),
        *("--server", server.url, "--api-key", client.key, "--out", str(out)),
    )

    assert ran.returncode == 1
    assert rows(ran.stdout)["booking-screenshot.png"][5].startswith("completed")
    assert rows(ran.stdout)["invoice.pdf"][5].startswith("refused: This PDF is damaged beyond repair.")
    told = [line for line in ran.stderr.splitlines() if line.startswith("invoice.pdf: This PDF is damaged")]
    assert len(told) == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Buchung" in (out / "booking-screenshot.txt").read_text(encoding="utf-8")
    assert {path.stem for path in out.iterdir()} == {"booking-screenshot"}


def test_process_takes_pages_and_a_password_and_its_server_from_the_environment(
    server: Server, client: Client, samples: Path, tmp_path: Path
) -> None:
    locked, out = tmp_path / "locked.pdf", tmp_path / "out"
    with pikepdf.open(samples / "water-report.pdf") as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="sesame", owner="owner"))
    there = {"OCTAVO_URL": server.url, "OCTAVO_API_KEY": client.key}
    arguments = ["process", str(locked), "--to", "json", "--pages", "2-", "--out", str(out)]

    without = octavo(*arguments, **there)
    read = octavo(*arguments, "--password", "sesame", **there)

    assert without.returncode == 1
    assert "The document is protected. Send its password with it." in without.stderr
    assert read.returncode == 0, read.stderr
    assert rows(read.stdout)["locked.pdf"][1] == "2/2"
    assert [page["page"] for page in json.loads((out / "locked.json").read_text())["pages"]] == [2, 3]


def test_a_server_is_not_spoken_to_without_its_key(server: Server, samples: Path, tmp_path: Path) -> None:
    arguments = ["process", str(samples / "water-report.pdf"), "--server", server.url, "--out", str(tmp_path)]

    without, wrong = octavo(*arguments), octavo(*arguments, "--api-key", "pk_live_" + "x" * 43)

    assert (without.returncode, without.stderr.count("\n")) == (2, 1)
    assert "OCTAVO_API_KEY" in without.stderr
    assert wrong.returncode != 0
    assert "unknown, expired, disabled or revoked" in wrong.stderr


def test_keys_are_made_listed_and_revoked_beside_the_running_server(server: Server) -> None:
    folder = ("--data-dir", str(server.data_dir))

    made = json.loads(
        octavo("keys", "create", *folder, "--name", "scanner", "--expires", "30d", "--json").stdout
    )
    works = server.client(made["key"]).request("GET", "/v1/jobs")
    revoked = octavo("keys", "revoke", *folder, made["id"])
    again = octavo("keys", "revoke", *folder, made["id"])
    listed = octavo("keys", "list", *folder, "--json").stdout

    assert works.status_code == 200
    assert (revoked.returncode, again.returncode) == (0, 0), revoked.stderr + again.stderr
    entry = next(key for key in json.loads(listed)["keys"] if key["id"] == made["id"])
    assert (entry["name"], entry["revoked_at"] is not None) == ("scanner", True)
    assert made["key"] not in listed, "a key is shown once"
    unknown = octavo("keys", "revoke", *folder, "key_" + "0" * 24)
    assert (unknown.returncode, unknown.stderr.count("\n")) == (3, 1)


def test_projects_are_made_and_listed_and_a_key_may_be_for_one(server: Server) -> None:
    folder = ("--data-dir", str(server.data_dir))

    made = json.loads(octavo("projects", "create", *folder, "--name", "archive", "--json").stdout)["projects"]
    listed = json.loads(octavo("projects", "list", *folder, "--json").stdout)["projects"]
    key = json.loads(octavo("keys", "create", *folder, "--project", "archive", "--json").stdout)

    assert {"default", "archive"} <= {project["name"] for project in listed}
    assert key["project_id"] == made[0]["id"]
    assert server.client(key["key"]).request("GET", "/v1/jobs").json()["jobs"] == []
    assert "There is no project 'attic'" in octavo("keys", "create", *folder, "--project", "attic").stderr


def test_doctor_finds_nothing_wrong_with_a_healthy_server(server: Server) -> None:
    ran = octavo("doctor", "--data-dir", str(server.data_dir), "--json")

    checks = json.loads(ran.stdout)["checks"]
    assert ran.returncode == 0, checks
    assert {"database", "blobs", "ppocrv6", "models", "network"} <= {found["check"] for found in checks}
    assert [found for found in checks if found["state"] == "failed"] == []


@pytest.mark.parametrize("harm", ["missing", "truncated"])
def test_doctor_says_what_to_do_about_broken_models(server: Server, tmp_path: Path, harm: str) -> None:
    models = tmp_path / "models"
    if harm == "truncated":
        shutil.copytree(MODELS, models)
        largest = max(models.rglob("*.onnx"), key=lambda path: path.stat().st_size)
        largest.write_bytes(largest.read_bytes()[:1000])
    else:
        models.mkdir()

    ran = octavo("doctor", "--data-dir", str(server.data_dir), OCTAVO_MODELS_DIR=str(models))

    assert ran.returncode == 1
    failed = [line for line in ran.stdout.splitlines() if "\tfailed\t" in line]
    assert any(line.startswith("models\t") for line in failed), ran.stdout
    assert "make setup" in "".join(failed), "it says what to do"
    assert "Traceback" not in ran.stdout + ran.stderr
    assert str(tmp_path) not in ran.stderr


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    first, second = (octavo("migrate", "--data-dir", str(tmp_path / "data")) for _ in range(2))

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert first.stdout == second.stdout == "The database is up to date.\n"


def test_https_is_verified_with_the_certificate_that_is_printed(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", options=("--no-workers", "--ssl-self-signed")).start()
    try:
        printed = server.log()
        certificate = re.search(r"--cacert '([^']+)'", printed)
        key = re.search(r"pk_live_[A-Za-z0-9_-]{43}", printed)
        assert certificate
        assert key
        assert server.url.startswith("https://")
        trusting = ssl.create_default_context(cafile=certificate[1])
        headers = {"Authorization": f"Bearer {key[0]}"}

        answer = httpx.get(server.url + "/v1/jobs", headers=headers, verify=trusting, trust_env=False)

        assert answer.status_code == 200
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(server.url + "/healthz", trust_env=False)
        with pytest.raises(httpx.HTTPError):
            httpx.get(server.url.replace("https:", "http:") + "/healthz", trust_env=False)
    finally:
        assert server.stop() == 0
