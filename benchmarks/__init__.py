"""What README claims about speed, memory and accuracy, runnable.

.venv/bin/python -m benchmarks [--small] [--out FOLDER]     all of them but accuracy
.venv/bin/python -m benchmarks.history [--small] …          one of them
"""
