"""Makes the layout model: pages with exact labels, a small network over their lines, one file of weights.

python -m tools.layout_training --out src/octavo/adapters/engines/layout/
"""
