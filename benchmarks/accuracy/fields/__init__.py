"""How well fields are found, against the truth of real documents, naive rules and other programs.

.venv/bin/python -m benchmarks.accuracy.fields [set …] [--data <folder>] [--cache <folder>] [--peers <folder>] [--limit N]
"""
