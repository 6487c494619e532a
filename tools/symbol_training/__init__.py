"""Trains the network that names the symbols of a formula in a picture.

`python -m tools.symbol_training --work FOLDER --out FILE` needs `pdflatex` (with the packages of texlive-latex-recommended and
texlive-fonts-recommended) and PyTorch; neither is needed to use what comes out.
"""
