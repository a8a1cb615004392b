"""One layer flattens the plane onto a line."""
