"""The network in an ONNX file beside this module; its labels and their measures are in the file's metadata."""

import hashlib
import json
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.engines.symbols import FILE
from octavo.adapters.engines.symbols.digest import SHA256
from octavo.domain.errors import EngineUnavailable


class OnnxNamer:
    """Implements `ports.engines.SymbolNamer`."""

    def __init__(self, content: bytes) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        told = self._session.get_modelmeta().custom_metadata_map
        self._labels = tuple(json.loads(told["labels"]))
        self._measures = {
            label: (above, below) for label, (above, below) in json.loads(told["measures"]).items()
        }

    @property
    def labels(self) -> tuple[str, ...]:
        return self._labels

    @property
    def measures(self) -> dict[str, tuple[float, float]]:
        return self._measures

    def chances(self, symbols: NDArray[np.float32]) -> NDArray[np.float32]:
        (found,) = self._session.run(None, {"symbols": symbols})
        return np.asarray(found, np.float32)


@lru_cache(maxsize=1)
def load_namer() -> OnnxNamer:
    """Raises `EngineUnavailable` where the file is not the one this code was made with."""
    content = FILE.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise EngineUnavailable("The network for formulas is damaged; install Octavo again.")
    return OnnxNamer(content)
