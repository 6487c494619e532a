"""A file sent in parts, to whichever process answers."""
