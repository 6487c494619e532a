"""Slides: what is on them, told by the file itself."""
