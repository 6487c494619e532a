"""Writes the weights as the program loads them, always the same bytes for the same numbers."""

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

_THEN = (2020, 1, 1, 0, 0, 0)


def write_weights(weights: dict[str, Any], folder: Path) -> str:
    """`weights.npz` with half-precision numbers and `weights.sha256` beside it; its digest."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "weights.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(weights):
            kind = np.float32 if name in {"mean", "scale"} else np.float16
            content = BytesIO()
            np.lib.format.write_array(content, np.asarray(weights[name], kind), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _THEN), content.getvalue())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "weights.sha256").write_text(digest + "\n", encoding="ascii")
    return digest
