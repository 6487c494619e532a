"""One module a document type: which of its values are fields. Rows in `table`."""
