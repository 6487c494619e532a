"""The command line in this process, with an environment of its own."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from octavo.cli.main import run


@dataclass(frozen=True)
class Ran:
    status: int
    output: str
    errors: str


Octavo = Callable[..., Ran]


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No setting of whoever runs the tests counts; the data folder is a fresh one."""
    for name in list(os.environ):
        if name.startswith(("OCTAVO_", "AWS_")):
            monkeypatch.delenv(name)
    data_dir = tmp_path / "data"
    monkeypatch.setenv("OCTAVO_DATA_DIR", str(data_dir))
    return data_dir


@pytest.fixture
def octavo(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Octavo:
    """Run a command as the shell would; its exit status and what it wrote."""

    def call(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["octavo", *arguments])
        monkeypatch.setenv("COLUMNS", "200")
        status = 0
        try:
            run()
        except SystemExit as end:
            status = int(end.code or 0)
        written = capsys.readouterr()
        return Ran(status, written.out, written.err)

    return call
