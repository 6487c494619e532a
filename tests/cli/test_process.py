"""`octavo process` as a user runs it: no server, no key, a good document and a bad one."""

import json
from pathlib import Path

from PIL import Image

from tests.cli.serving import octavo


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
