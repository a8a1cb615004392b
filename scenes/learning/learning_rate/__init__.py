"""One loss curve, one start, three learning rates."""
