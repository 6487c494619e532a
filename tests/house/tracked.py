"""The files that are ours: what git tracks, or, outside a checkout, what is there without the leavings of tools."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LEAVINGS = {".git", ".venv", ".demo", "out", "dist", "build", "__pycache__", "node_modules"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file, relative to the root of the repository."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607  git is wherever PATH has it
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        names = [Path(name) for name in listed.split("\0") if name]
    else:
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    return tuple(sorted(name for name in names if _is_ours(name) and (ROOT / name).is_file()))


def _is_ours(name: Path) -> bool:
    return not any(part in _LEAVINGS or part.endswith(("_cache", ".egg-info")) for part in name.parts)


def python_files(*folders: str) -> tuple[Path, ...]:
    """Relative paths of the Python files below these folders."""
    return tuple(name for name in tracked() if name.suffix == ".py" and name.parts[0] in folders)


def text_of(name: Path) -> str | None:
    """None for what is no UTF-8 text: pictures, PDFs."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
