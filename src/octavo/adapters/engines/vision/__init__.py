"""A vision-language model behind any OpenAI-compatible endpoint, as a second reader of scanned pages."""
