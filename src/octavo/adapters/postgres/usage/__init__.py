"""What was used, and whether more may be."""
