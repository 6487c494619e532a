"""Runs the trained layout network with NumPy: a page is too small for a runtime to be worth its start.

`tools.layout_training` makes `weights.npz`.
"""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.engines.layout import DIGEST, WEIGHTS
from octavo.domain.errors import EngineUnavailable

Floats = NDArray[np.float32]

DILATIONS: Final = (1, 2, 4, 8, 1)
"""How many rows away each mixing step looks, one after another."""
_MIXED_WITH_PAGE: Final = 2
"""Before this step every row is told about the whole page."""


class LayoutNetwork:
    """Implements `ports.engines.LineRoles`."""

    def __init__(self, path: Path = WEIGHTS, digest: str = DIGEST) -> None:
        """Raises `EngineUnavailable` where the file is not the one that was trained."""
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise EngineUnavailable(f"The layout model {path.name} is damaged. Install Octavo again.")
        with np.load(BytesIO(content), allow_pickle=False) as stored:
            self._weights = {name: stored[name].astype(np.float32) for name in stored.files}

    def roles(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """See `ports.engines.LineRoles.roles`."""
        logits = self._logits(features)
        kinds = np.exp(logits[:, :-1] - logits[:, :-1].max(axis=1, keepdims=True))
        kinds /= kinds.sum(axis=1, keepdims=True)
        begins = 1 / (1 + np.exp(-logits[:, -1:]))
        return np.concatenate([kinds, begins], axis=1)

    def _logits(self, features: Floats) -> Floats:
        weights = self._weights
        rows = (features - weights["mean"]) * weights["scale"]
        state = np.maximum(rows @ weights["enter"] + weights["enter_b"], 0)
        for at, dilation in enumerate(DILATIONS):
            if at == _MIXED_WITH_PAGE:
                page = np.concatenate([state.mean(axis=0), np.maximum(state.max(axis=0), 0)])
                state = state + page @ weights["page"]
            calm = _scaled(state, weights[f"gain{at}"])
            near = np.concatenate([_shifted(calm, dilation), calm, _shifted(calm, -dilation)], axis=1)
            inner = np.maximum(near @ weights[f"mix{at}"] + weights[f"mix{at}_b"], 0)
            state = state + inner @ weights[f"out{at}"]
        logits: Floats = _scaled(state, weights["gain"]) @ weights["leave"] + weights["leave_b"]
        return logits


def _scaled(state: Floats, gain: Floats) -> Floats:
    scaled: Floats = state / np.sqrt((state**2).mean(axis=1, keepdims=True) + 1e-5) * gain
    return scaled


def _shifted(state: Floats, by: int) -> Floats:
    """Row `i` holds row `i - by`; nothing where there is none."""
    result = np.zeros_like(state)
    if abs(by) >= len(state):
        return result
    if by > 0:
        result[by:] = state[:-by]
    else:
        result[:by] = state[-by:]
    return result
