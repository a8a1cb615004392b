"""backpropagation."""
