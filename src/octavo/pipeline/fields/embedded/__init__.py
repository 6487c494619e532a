"""What the data inside an e-invoice says, and whether the pages say the same."""
