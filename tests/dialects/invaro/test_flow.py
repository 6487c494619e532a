"""The vendor's flow against a real server: its page's poller, and its SDK's calls."""

import base64
import gzip
import json
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.accuracy.fields.generated.invoices import make_invoice
from benchmarks.accuracy.fields.generated.statements import make_statement

from tests.acceptance.harness import Server
from tests.dialects.invaro.client import InvaroClient, InvaroError

STATEMENT = make_statement(77, tag="en-IN", layout="two_amounts_balance", count=12)
INVOICE = make_invoice(702, tag="en-GB")


@pytest.fixture(scope="module")
def invaro(server: Server, trusted: ssl.SSLContext) -> Iterator[InvaroClient]:
    client = InvaroClient(server.url + "/compat/invaro/api/v1", server.key(), verify=trusted)
    yield client
    client.close()


@pytest.mark.shows(
    "POST /api/v1/parse/upload", "POST /api/v1/parse/statements", "GET /api/v1/parse/statements/{job_id}"
)
def test_a_statement_is_uploaded_started_and_polled(invaro: InvaroClient) -> None:
    (document,) = invaro.upload_files(("folder/account october.pdf", STATEMENT.pdf))
    told = invaro.wait_for("statements", invaro.process("statements", document))

    assert (told["status"], told["progress"], told["file_id"]) == ("completed", 100, "account october.pdf")
    results, truth = told["results"], STATEMENT.fields
    assert results["summary"]["closing_balance"] == truth["closing_balance"]
    assert len(results["transactions"]) == len(truth["transactions"])
    assert [abs(entry["amount"]) for entry in truth["transactions"]] == [
        entry["amount"] for entry in results["transactions"]
    ]
    assert {entry["type"] for entry in results["transactions"]} == {"credit", "debit"}
    kind, disposition, content = invaro.download(document)
    assert (kind, content) == ("application/pdf", STATEMENT.pdf)
    assert disposition == 'attachment; filename="account october.pdf"'


@pytest.mark.shows(
    "POST /api/v1/parse/invoices", "GET /api/v1/parse/invoices/{job_id}", "GET /api/v1/files/{file_id}"
)
def test_the_pages_poller_gets_an_invoices_results(invaro: InvaroClient, samples: Path) -> None:
    receipt = (samples / "receipt-photo.jpg").read_bytes()
    documents = invaro.upload_files(("invoice.pdf", INVOICE.pdf), ("till.jpeg", receipt))

    results, till = (invaro.poll_status(invaro.process("invoices", document)) for document in documents)

    assert results["invoice_info"]["invoice_number"] == INVOICE.fields["invoice_number"]
    assert results["amounts"]["total"] == INVOICE.fields["total"]
    assert len(results["line_items"]) == len(INVOICE.fields["line_items"])
    assert till["amounts"]["total"] > 0
    assert till["vendor"]["name"]
    file = invaro.request("GET", f"/files/{documents[1]}")["data"]
    assert (file["type"], file["status"]) == ("receipt", "completed")
    assert file["processed_data"] == till


@pytest.mark.shows("POST /api/v1/parse/invoices/batch", "GET /api/v1/parse/invoices/batch/{batch_id}")
def test_every_job_of_a_batch_is_polled(invaro: InvaroClient) -> None:
    pdfs = [make_invoice(seed, tag="en-US").pdf for seed in (801, 802)]
    documents = invaro.upload_files(*((f"{n}.pdf", pdf) for n, pdf in enumerate(pdfs)))
    batch = invaro.process_batch("invoices", documents)

    told = [invaro.wait_for("invoices", job_id) for job_id in batch["job_ids"]]

    assert [job["status"] for job in told] == ["completed", "completed"]
    assert [job["file_id"] for job in told] == ["0.pdf", "1.pdf"]
    whole = invaro.request("GET", f"/parse/invoices/batch/{batch['batch_id']}")["data"]
    assert (whole["status"], whole["processed_files"]) == ("completed", 2)
    listed = invaro.request("GET", "/parse/invoices?status=completed&page_size=100")["data"]["jobs"]
    assert set(batch["job_ids"]) <= {job["job_id"] for job in listed}


@pytest.mark.shows(
    "POST /api/v1/schemas", "GET /api/v1/schemas/id/{schema}", "DELETE /api/v1/schemas/id/{schema}"
)
def test_the_schema_of_the_type_shapes_the_results(invaro: InvaroClient) -> None:
    fields = {"fields": ["invoice_number", "vendor_name", "total_amount", "cess_paid"]}
    order = {"name": "rent", "type": "invoice", "schema_string": fields}
    schema = invaro.request("POST", "/schemas", json=order)["data"]
    assert json.loads(gzip.decompress(base64.b64decode(schema["schema_string"]))) == fields
    (document,) = invaro.upload_files(("invoice.pdf", INVOICE.pdf))

    results = invaro.poll_status(invaro.process("invoices", document))
    invaro.request("DELETE", f"/schemas/id/{schema['id']}")

    assert results == {
        "invoice_number": INVOICE.fields["invoice_number"],
        "vendor_name": INVOICE.fields["seller"]["name"],
        "total_amount": INVOICE.fields["total"],
        "cess_paid": "",
    }
    with pytest.raises(InvaroError, match=r"404: .*SCHEMA_NOT_FOUND"):
        invaro.request("GET", f"/schemas/id/{schema['id']}")


def test_refusals_are_json_for_a_client_that_parses_first(server: Server, trusted: ssl.SSLContext) -> None:
    stranger = InvaroClient(server.url + "/compat/invaro/api/v1", "no key", verify=trusted)
    with pytest.raises(InvaroError, match=r"401: .*UNAUTHORIZED"):
        stranger.request("GET", "/files")
    with pytest.raises(InvaroError, match=r"404: .*NOT_FOUND"):
        stranger.request("GET", "/nothing")
    stranger.close()
