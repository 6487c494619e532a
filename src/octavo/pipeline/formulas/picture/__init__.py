"""Formulas in a picture: symbols are named one by one, then put together as those of a text layer are."""
