"""What the finder of bank statements is made of."""
