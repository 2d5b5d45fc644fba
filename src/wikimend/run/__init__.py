"""A run: its settings, and the loop over its pages."""
