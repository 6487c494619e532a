"""From an open document to finished pages: load, recognise, stand upright, structure.

Values in, values out. Start reading at `read.read_page`.
"""
