"""From lines in no order to blocks in reading order.

lines -> segments (cut at wide gaps, without specks) -> columns -> rows (with their cells)
-> tables and groups -> blocks. Each stage is one module and can be replaced alone;
`build.build_blocks` runs them.
"""
