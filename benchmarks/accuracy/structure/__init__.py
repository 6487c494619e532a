"""What is found beside the words: tables, headings, order, charts, formulas, and how sure a word is.

Every measure is a pure function of the truth and of a `Found` document, whoever found it.
"""
