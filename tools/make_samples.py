"""Make everything in `samples/` again: `python -m tools.make_samples --oldbooks FOLDER`.

Each document is written with what stands on it, so that a test can tell how
well it was read. Needs the Liberation fonts, and the page scans named in
`tools/samples/books.py` for the two documents that contain real book pages.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.samples.books import write_books
from tools.samples.fax import write_fax
from tools.samples.inspection import write_inspection
from tools.samples.receipt import write_receipt
from tools.samples.report import write_report
from tools.samples.screenshot import write_screenshot

Maker = Callable[[Path, Path], list[str] | dict[str, Any]]

SAMPLES: dict[str, tuple[Maker, dict[str, Any]]] = {
    "old-book-scans.pdf": (write_books, {"language": "en", "scanned": True}),
    "water-report.pdf": (write_report, {"language": "en", "scanned": False}),
    "receipt-photo.jpg": (write_receipt, {"language": "en", "scanned": True}),
    "delivery-papers.tiff": (
        write_fax,
        {"language": "en", "scanned": True, "upright_rotations": [0, 90, 180, 0]},
    ),
    "pump-inspection.pdf": (write_inspection, {"language": "en", "scanned": "partly"}),
    "booking-screenshot.png": (write_screenshot, {"language": "de", "scanned": True}),
}
"""File name -> its maker and what a test should know. `upright_rotations`: degrees clockwise that set a page upright."""


def make(name: str, samples: Path, oldbooks: Path) -> None:
    maker, facts = SAMPLES[name]
    written = maker(samples / name, oldbooks)
    truth: dict[str, Any] = dict(written) if isinstance(written, dict) else {"pages": written}
    truth["pages"] = [{"number": n, "text": text} for n, text in enumerate(truth["pages"], 1)]
    text = json.dumps({"file": name, **facts, **truth}, ensure_ascii=False, indent=1)
    (samples / "truth").mkdir(exist_ok=True)
    (samples / "truth" / f"{Path(name).stem}.json").write_text(text + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--oldbooks", type=Path, default=Path("../shared/data/dev/oldbooks"))
    parser.add_argument("--samples", type=Path, default=Path("samples"))
    parser.add_argument("names", nargs="*", help="only these files")
    asked = parser.parse_args()
    asked.samples.mkdir(exist_ok=True)
    for name in asked.names or SAMPLES:
        make(name, asked.samples, asked.oldbooks)
        print(f"{name}: {(asked.samples / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
