"""One model, open for inference on one thread."""

from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from octavo.adapters.engines.models import HOW_TO_PREPARE
from octavo.domain.errors import EngineUnavailable

_ERRORS_ONLY = 3


class Session:
    """One input, one output, float32 both."""

    def __init__(self, path: Path) -> None:
        """Raises `EngineUnavailable` where the file is missing or broken."""
        options = ort.SessionOptions()
        # Two threads a line gained nothing (1.45 against 1.40 s a page); a child process a core does.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # Every line has its own width: a kept arena and a plan per shape would grow with every page.
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        options.log_severity_level = _ERRORS_ONLY
        try:
            self._session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own classes share no base but Exception
            raise EngineUnavailable(
                f"The model file {path.name} cannot be opened. {HOW_TO_PREPARE}"
            ) from error
        self._input = self._session.get_inputs()[0].name

    def run(self, tensor: NDArray[np.float32]) -> NDArray[np.float32]:
        output: NDArray[np.float32] = self._session.run(None, {self._input: tensor})[0]
        return output
