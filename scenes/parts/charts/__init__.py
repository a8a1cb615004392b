"""Number lines, axes, curves and stacks."""
