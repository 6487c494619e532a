"""Pictures, diagrams and charts on a page: where they are, and what they say."""
