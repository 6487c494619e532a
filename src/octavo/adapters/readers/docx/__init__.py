"""Word documents (DOCX), read from what they say of themselves."""
