"""Octavo: self-hosted document OCR jobs."""

__version__ = "0.1.0"
