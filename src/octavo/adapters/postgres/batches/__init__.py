"""Batches and the numbers that follow from their jobs."""
