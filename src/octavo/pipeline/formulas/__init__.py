"""Formulas of a text layer, rebuilt as LaTeX from where their glyphs stand.  Start reading in `rebuild`."""
