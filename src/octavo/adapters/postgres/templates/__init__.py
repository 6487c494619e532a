"""Templates: their tables and statements."""
