"""What a receipt is made of: who sold, when, and sums that prove one another. `kinds.receipt` puts it together."""
