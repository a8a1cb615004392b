"""Networks as neurons and edges."""
