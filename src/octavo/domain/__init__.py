"""What Octavo talks about: plain values and their rules. Standard library only."""
