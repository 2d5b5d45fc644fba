"""What the links of a wiki point to: links found, an index of pages, and what answers for what."""
