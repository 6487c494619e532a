"""Arithmetic tried again on fields alone, after a person changed some; `again` puts it together."""
