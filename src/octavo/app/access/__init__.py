"""Projects and keys of the caller's organization."""
