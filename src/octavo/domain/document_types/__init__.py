"""The kinds of document Octavo knows the fields of: one module a type, rows in `table`."""
