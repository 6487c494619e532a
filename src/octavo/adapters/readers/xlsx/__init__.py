"""Sheets: cells as shown, in the tables they form."""
