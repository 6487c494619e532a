"""Charts whose marks are paths: measured on the paths themselves, to a hundredth of a point."""
