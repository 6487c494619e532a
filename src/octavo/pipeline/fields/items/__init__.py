"""Tables of line items: from a header of known words, and from rows whose numbers multiply where there is none."""
