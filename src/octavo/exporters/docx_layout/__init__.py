"""The document as a Word file that looks like its pages: each thing at its place, as large as it is printed."""
