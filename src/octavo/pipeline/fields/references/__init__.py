"""What an owner knows beside the document: tables that values are looked up in, words that a model is shown."""
