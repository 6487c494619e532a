"""Opening files of every kind safely: `sniff` tells what a file is, `table` who reads it."""
