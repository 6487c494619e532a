"""PP-OCRv6 without its framework: find lines, cut them out, read them, say where each word is."""
