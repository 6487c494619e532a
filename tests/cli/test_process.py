"""`octavo process` as a user runs it: no server, no key, a good document and a bad one."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import psutil
from PIL import Image, ImageDraw

from tests.cli.serving import clean, eventually, octavo


def test_documents_are_read_by_a_server_of_its_own_that_leaves_nothing_running(tmp_path: Path) -> None:
    Image.new("RGB", (600, 200), "white").save(tmp_path / "blank.png")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    folder = ["--data-dir", str(tmp_path / "data")]
    files = [str(tmp_path / "blank.png"), str(tmp_path / "broken.pdf")]

    ran = octavo("process", *files, *folder, "--out", str(tmp_path / "out"), "--to", "json,text")

    assert ran.returncode == 1, ran.stderr
    good, bad = [line.split("\t") for line in ran.stdout.splitlines()[1:]]
    assert (good[0], good[1], good[5]) == ("blank.png", "1/1", "completed")
    assert bad[5].startswith("refused: ")
    assert json.loads((tmp_path / "out" / "blank.json").read_text(encoding="utf-8"))["pages"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["blank.json", "blank.txt"]
    assert not (tmp_path / "data" / "serve.json").exists()
    assert not (tmp_path / "data" / "postgres" / "data" / "postmaster.pid").exists()
    keys = json.loads(octavo("keys", "list", *folder, "--json").stdout)["keys"]
    assert [key["revoked_at"] is not None for key in keys] == [True]


def test_an_interrupted_run_cancels_its_jobs_and_ends_its_server(tmp_path: Path) -> None:
    page = Image.new("L", (1200, 1600), 255)
    for row in range(40, 1560, 40):
        ImageDraw.Draw(page).text(
            (40, row), "Many words make a page slow to read. " * 4, fill=0, font_size=22
        )
    page.save(tmp_path / "long.tiff", save_all=True, append_images=[page] * 59)
    log = tmp_path / "log"
    command = [sys.executable, "-m", "octavo", "process", str(tmp_path / "long.tiff")]
    command += ["--data-dir", str(tmp_path / "data"), "--out", str(tmp_path / "out")]
    with log.open("w", encoding="utf-8") as output:
        running = subprocess.Popen(command, stdout=output, stderr=output, env=clean())
    eventually(lambda: "/60 pages" in log.read_text(encoding="utf-8"), within_s=120, what="a page")
    below = psutil.Process(running.pid).children(recursive=True)

    running.send_signal(signal.SIGINT)

    assert running.wait(60) == 130
    assert "was cancelled" in log.read_text(encoding="utf-8")
    assert psutil.wait_procs(below, timeout=10)[1] == []
    keys = json.loads(octavo("keys", "list", "--data-dir", str(tmp_path / "data"), "--json").stdout)["keys"]
    assert all(key["revoked_at"] for key in keys)
