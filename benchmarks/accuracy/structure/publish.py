"""A report of several tables: on the screen, and as Markdown and JSON in a folder."""

import json
from pathlib import Path
from typing import Any

from benchmarks.machine import describe_machine
from benchmarks.report import Report, render_json, render_markdown


def publish(report: Report, before: dict[str, Any], out: Path) -> None:
    """`before` is what the machine was like at the start."""
    print(keep(report, before, out))


def keep(report: Report, before: dict[str, Any], out: Path) -> str:
    """Write it, and return the Markdown."""
    machine = before | {"load_after": describe_machine()["load"]}
    text = render_markdown(report, machine)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{report.name}.md").write_text(text, encoding="utf-8")
    content = json.dumps(render_json(report, machine), indent=1, ensure_ascii=False)
    (out / f"{report.name}.json").write_text(content + "\n", encoding="utf-8")
    return text
