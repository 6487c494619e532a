"""The network that names symbols of formulas in pictures; trained by `tools.symbol_training`, see its card in the docs."""
