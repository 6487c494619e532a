"""The folder of a process for what it writes while it works."""

import subprocess
import sys
from pathlib import Path

from octavo.adapters.isolation.scratch import scratch_folder

_HOLD = """
import sys
from pathlib import Path
from octavo.adapters.isolation.scratch import scratch_folder
with scratch_folder(Path(sys.argv[1])) as folder:
    (folder / "part").write_text("of a document")
    print(folder, flush=True)
    sys.stdin.read()
"""


def held(above: Path) -> tuple["subprocess.Popen[str]", Path]:
    """Another process with a folder of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(above)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_it_goes_with_its_process(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        (folder / "part").write_text("of a document")
        assert folder.stat().st_mode & 0o777 == 0o700

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_cleared_by_the_next_and_a_living_ones_is_not(tmp_path: Path) -> None:
    living, its_folder = held(tmp_path)
    killed, left = held(tmp_path)
    with living, killed:
        killed.kill()
        killed.wait()
        assert (left / "part").exists()

        with scratch_folder(tmp_path):
            assert not left.exists()
            assert (its_folder / "part").exists()

        living.communicate("", timeout=30)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "theirs").touch()
    (tmp_path / "octavo-scratch-link").symlink_to(tmp_path / "elsewhere")

    with scratch_folder(tmp_path):
        pass

    assert (tmp_path / "elsewhere" / "theirs").exists()
