"""forward-pass."""
