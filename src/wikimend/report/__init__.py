"""What people and machines read about a run: diffs, findings, the summary, JSON."""
