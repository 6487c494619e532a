"""How well and how fast the engines read real pages, side by side with bare engines in the same run.

.venv/bin/python -m benchmarks.accuracy [--sets …] [--engines …] [--limit N]
.venv/bin/python -m benchmarks.accuracy structure [--peers <folder>] [--layout <folder>] [--sets …] [--limit N]
.venv/bin/python -m benchmarks.accuracy calibration [--profile …] [--limit N]
.venv/bin/python -m benchmarks.accuracy malformed [--limit N]
.venv/bin/python -m benchmarks.accuracy fields [set …] [--invoice2data <python>] [--limit N] [--fit]
"""
