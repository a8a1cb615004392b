"""The rules of the picture while something moves, measured ten times a second."""
