"""Make the environments: one virtual environment a peer, below the folder."""

import argparse
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.peers import BESIDE, PEERS, requirements_of
from benchmarks.report import say


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("folder", type=Path, help="outside the checkout; some peers take gigabytes")
    parser.add_argument(
        "names",
        nargs="*",
        choices=[*PEERS, *BESIDE, []],
        help="where none is named, all but those under the AGPL",
    )
    options = parser.parse_args()
    failed = [name for name in options.names or PEERS if not install(options.folder, name)]
    if failed:
        say(f"not installed: {', '.join(failed)}")
    return 1 if failed else 0


def install(folder: Path, name: str) -> bool:
    """Whether pip brought it all; what is there already stays."""
    place = folder / name
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
    say(f"{name} (about {(PEERS | BESIDE)[name].size_mib} MiB) …")
    command = [str(python), "-m", "pip", "install", "-q", "-r", str(requirements_of(name))]
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
