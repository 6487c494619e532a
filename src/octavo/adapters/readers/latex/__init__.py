"""LaTeX for mathematics that a file spells out: what OMML and MathML have in common."""
