"""Pages in and out: folders, files and standard input. Knows nothing of rules."""
