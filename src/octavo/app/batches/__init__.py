"""Documents sent together."""
