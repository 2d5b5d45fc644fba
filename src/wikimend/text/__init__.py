"""A page as text: positions, blocks, tokens and edits. Knows nothing of rules."""
