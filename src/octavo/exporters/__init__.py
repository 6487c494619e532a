"""What leaves Octavo: the JSON of a page, the stored document file, and every export format.

Pure: values in, bytes out. `table.EXPORTERS` lists the formats.
"""
