"""Measures the product against the limits of its engines, in one run on one machine. Run by scripts/bench."""
