"""What an engine's scores are worth: fitted once by `tools/calibrate.py`, kept in `curves.json`."""
