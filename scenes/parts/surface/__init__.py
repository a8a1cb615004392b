"""A surface over two weights, seen from anywhere: its contour map is the view from above."""
