"""How much a converted document looks like its source, once an office program shows it."""
