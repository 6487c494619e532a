"""Shapes with words in them and the lines between them, read as a graph."""
