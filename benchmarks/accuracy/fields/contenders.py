"""Who looks for fields: Octavo, naive patterns, and other programs, all on the same words."""

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from octavo.domain.document import Page
from octavo.domain.field import Scalar
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.extract import extract_fields
from octavo.pipeline.fields.view import view_of

Found = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Contender:
    name: str
    find: Callable[[Iterable[Page], str], Found]
    """From the pages and the type of the document to values by path."""


def _octavo(pages: Iterable[Page], document_type: str) -> Found:
    """The type is given, as to the others; finding it out is measured apart."""
    fields = extract_fields(pages, FieldOrder(document_type=document_type))
    return {field.path: field.value for field in fields.found}


_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})\b")
_TOTAL = re.compile(r"total[^\d\n]*(\d[\d,]*\.\d{2})", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:invoice|rechnung|facture)\s*(?:no|nr|number|n°)?[.:#\s]*([A-Z0-9-]*\d[A-Z0-9-]*)", re.IGNORECASE
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b")


def _naive(pages: Iterable[Page], document_type: str) -> Found:
    """The first date, the largest amount behind the word total, the first line as the name, the next two as address."""
    text = view_of(pages).text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: dict[str, Scalar] = {}
    day = _DATE.search(text)
    if day:
        year = day[3] if len(day[3]) == 4 else f"20{day[3]}"
        found["date"] = found["invoice_date"] = f"{year}-{int(day[2]):02d}-{int(day[1]):02d}"
    totals = [float(match.replace(",", "")) for match in _TOTAL.findall(text)]
    if totals:
        found["total"] = max(totals)
    number, iban = _NUMBER.search(text), _IBAN.search(text)
    if number:
        found["invoice_number"] = number[1]
    if iban:
        found["iban"] = iban.group().replace(" ", "")
    if lines:
        found["merchant.name"] = found["seller.name"] = lines[0]
        found["merchant.address"] = " ".join(lines[1:3])
    del document_type
    return found


_RENAMED = {
    "issuer": ("merchant.name", "seller.name"),
    "date": ("date", "invoice_date"),
    "amount": ("total",),
    "invoice_number": ("invoice_number", "receipt_number"),
    "currency": ("currency",),
    "iban": ("iban",),
    "vat": ("seller.tax_id",),
}
_CALL = """
import json, sys
from invoice2data import extract_data
from invoice2data.extract.loader import read_templates
from invoice2data.input import text
templates = read_templates()
for line in sys.stdin:
    try:
        found = extract_data(line.strip(), templates=templates, input_module=text) or {}
    except Exception as error:
        found = {"error": str(error)}
    print(json.dumps(found, default=str), flush=True)
"""


def invoice2data(python: Path) -> Contender:
    """With the templates it ships, on the text that Octavo read; started once."""
    started = subprocess.Popen(
        [str(python), "-c", _CALL],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    def find(pages: Iterable[Page], document_type: str) -> Found:
        del document_type
        assert started.stdin is not None
        assert started.stdout is not None
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write(view_of(pages).text)
            file.flush()
            started.stdin.write(file.name + "\n")
            started.stdin.flush()
            answer = json.loads(started.stdout.readline() or "{}")
        found: dict[str, Scalar] = {}
        for name, paths in _RENAMED.items():
            if answer.get(name) not in (None, ""):
                value = str(answer[name])
                for path in paths:
                    found[path] = (
                        value[:10] if name == "date" else float(value) if name == "amount" else value
                    )
        return found

    return Contender("invoice2data", find)


OCTAVO = Contender("octavo", _octavo)
NAIVE = Contender("naive patterns", _naive)
