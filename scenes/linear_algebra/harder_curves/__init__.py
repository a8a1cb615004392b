"""A line under pressure."""
