"""What README claims about speed, memory and accuracy, runnable.

.venv/bin/python -m benchmarks [--small] [--out FOLDER]     all of them but accuracy
.venv/bin/python -m benchmarks.history [--small] …          one of them
"""

import os

# Before NumPy is loaded: every way is measured on one thread, as a child reads (see `adapters/isolation`).
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
