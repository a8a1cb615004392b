"""Scenes about one layer that makes one number, the score, of every point of the plane."""
