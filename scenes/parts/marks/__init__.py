"""Marks of which everything else is made: points, straight pieces, arrows."""
