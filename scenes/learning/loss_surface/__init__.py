"""loss-surface."""
