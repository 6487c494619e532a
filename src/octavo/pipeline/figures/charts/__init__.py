"""A chart's marks, scales and names, measured on its picture or its paths."""
