"""Web pages (HTML): nothing is loaded, nothing is run."""
