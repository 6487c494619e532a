"""What the finder of contracts is made of."""
