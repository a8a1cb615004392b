"""learning-rate."""
