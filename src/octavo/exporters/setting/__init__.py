"""How the text of a page is set, worked out from where its words stand: for formats that set it again."""
