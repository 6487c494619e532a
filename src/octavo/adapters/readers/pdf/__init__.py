"""PDF, read with PDFium's raw API; pikepdf is the second chance for damaged files."""
