"""Fields from a real document over HTTP: found, corrected, exported, erased."""

import csv
import io
import json
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.acceptance.harness import Client, Server

SECRET = "RE-2026-00417"
"""The invoice's number: after a purge nothing may say it any more."""
LINES = [("Oak board", "4", "25.00", "100.00"), ("Delivery", "1", "20.00", "20.00")]


@pytest.fixture
def invoice(tmp_path: Path) -> Path:
    """A plain invoice: two lines, 20 % tax, 144.00 in all."""
    path = tmp_path / "invoice.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)

    def write(x: float, y: float, text: str, size: float = 10) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, text)

    write(60, 780, "Carpenter & Sons Ltd", 14)
    write(60, 764, "12 Mill Lane")
    write(60, 750, "Bristol BS1 4DJ")
    write(60, 700, "INVOICE", 18)
    for row, (name, value) in enumerate(
        [("Invoice number:", SECRET), ("Invoice date:", "12 March 2026"), ("Due date:", "11 April 2026")]
    ):
        write(350, 700 - 16 * row, name)
        write(450, 700 - 16 * row, value)
    write(60, 640, "Bill to:")
    write(60, 626, "Harbour Books")
    write(60, 612, "3 Quay Street, Bristol BS1 5UH")
    for column, text in zip(
        (60, 300, 370, 470), ("Description", "Quantity", "Unit price", "Amount"), strict=True
    ):
        write(column, 560, text)
    for row, line in enumerate(LINES):
        for column, text in zip((60, 300, 370, 470), line, strict=True):
            write(column, 540 - 18 * row, text)
    for row, (name, value) in enumerate(
        [("Subtotal", "120.00"), ("VAT 20%", "24.00"), ("Total GBP", "144.00")]
    ):
        write(370, 480 - 16 * row, name)
        write(470, 480 - 16 * row, value)
    canvas.save()
    return path


def test_an_invoice_is_read_corrected_exported_and_erased(
    client: Client, server: Server, invoice: Path
) -> None:
    job = client.finished(client.submit(invoice, bypass_cache="true")["id"])
    path = f"/v1/jobs/{job['id']}"

    found = client.request("GET", f"{path}/fields")
    fields = found.json()
    corrected = client.request(
        "PATCH",
        f"{path}/fields",
        json={"values": {"total": 145.5}},
        headers={"If-Match": found.headers["etag"]},
    )
    exported = client.request("GET", f"{path}/result", params={"format": "csv"}).text
    history = client.request("GET", f"{path}/fields/history").json()["corrections"]
    purged = client.request("POST", f"{path}/purge")

    assert job["status"] == "completed"
    assert (job["document_type"], job["fields"]["version"]) == ("invoice", 1)
    assert fields["values"]["invoice_number"] == SECRET
    assert fields["values"]["invoice_date"] == "2026-03-12"
    assert fields["values"]["total"] == 144.0
    evidence = fields["evidence"]["invoice_number"]
    assert (evidence["page"], evidence["source"]) == (1, "text_layer")
    assert corrected.status_code == 200, corrected.text
    rows = {row["field"]: row for row in csv.DictReader(io.StringIO(exported))}
    assert (rows["total"]["value"], rows["total"]["source"], rows["total"]["verified"]) == (
        "145.5",
        "person",
        "yes",
    )
    # What is due was not printed but concluded from the total, and follows it.
    assert history[0]["changes"] == [
        {"path": "total", "before": 144.0, "after": 145.5},
        {"path": "amount_due", "before": 144.0, "after": 145.5},
    ]
    assert purged.status_code == 200
    assert client.request("GET", f"{path}/fields").status_code == 410
    assert not kept(server, job["id"])


def test_a_template_decides_what_is_told(client: Client, invoice: Path) -> None:
    given = {
        "name": "Carpenter",
        "document_type": "invoice",
        "fields": {"invoice_number": "identifier", "total": "money", "colour": "string"},
        "result_format": "csv",
    }
    template = client.request("POST", "/v1/templates", json=given)
    assert template.status_code == 201, template.text

    job = client.finished(client.submit(invoice, template_id=template.json()["id"])["id"])
    fields = client.request("GET", f"/v1/jobs/{job['id']}/fields").json()
    result = client.request("GET", f"/v1/jobs/{job['id']}/result")
    again = client.submit(invoice, template_id=template.json()["id"], headers={"Prefer": "wait=10"})

    assert fields["values"] == {"invoice_number": SECRET, "total": 144.0, "colour": None}
    assert fields["template"] == {"id": template.json()["id"], "version": 1}
    assert result.headers["content-type"].startswith("text/csv")
    assert (again["cache_hit"], again["fields"]["found"]) == (True, 2)


def test_whoever_wants_the_text_alone_gets_no_fields(client: Client, invoice: Path) -> None:
    asked = client.finished(client.submit(invoice, document_type="none")["id"])
    fast = client.finished(client.submit(invoice, profile="fast")["id"])

    assert (asked["fields"], fast["fields"]) == (None, None)
    assert json.loads(json.dumps(client.document(asked["id"])["fields"])) == {}


def kept(server: Server, job_id: str) -> list[Path]:
    """What the blob store still has of a job."""
    return [
        path
        for path in server.data_dir.rglob("*")
        if job_id.removeprefix("job_") in path.parts and path.is_file()
    ]


def test_templates_are_made_shown_and_deleted_on_the_command_line(
    client: Client, server: Server, tmp_path: Path
) -> None:
    given = tmp_path / "fields.json"
    given.write_text(json.dumps({"invoice_number": "identifier", "total": "money"}), encoding="utf-8")
    here = ("--data-dir", str(server.data_dir))

    made = server.run("templates", "create", "--name", "Mine", "--fields", str(given), *here).stdout.strip()
    listed = json.loads(server.run("templates", "list", "--json", *here).stdout)["templates"]
    shown = json.loads(server.run("templates", "show", made, *here).stdout)
    told = client.request("GET", f"/v1/templates/{made}")
    server.run("templates", "delete", made, *here)

    assert told.json()["name"] == "Mine"
    assert made in [template["id"] for template in listed]
    assert list(shown["properties"]) == ["invoice_number", "total"]
    assert client.request("GET", f"/v1/templates/{made}").status_code == 404
