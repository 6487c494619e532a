"""Tables of a page, ruled or not.

`find` tells the story: rules (`rules`, `ink_rules`) that cross make a lattice (`lattice`); rules that only
underline and words that only stand in columns are read as a stream of lines (`stream`); `judge` says what is no
table after all; `checks` lets each table prove itself.
"""
