"""What the finder of cargo papers is made of."""
