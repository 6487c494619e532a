"""Plain text, delimited values and Markdown: told apart by their content alone."""
