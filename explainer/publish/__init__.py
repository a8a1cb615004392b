"""A bundle for the web."""
