"""What makes text proven: its ink agrees with it. See docs/explanation/verified.md."""
