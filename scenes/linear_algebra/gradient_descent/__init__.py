"""A weight walks downhill."""
