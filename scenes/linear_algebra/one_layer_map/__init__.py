"""One layer lays the plane onto a line."""
