"""What a language model is asked about a document, and what of its answer is believed."""
