"""What was made before, kept by what it was made from."""
