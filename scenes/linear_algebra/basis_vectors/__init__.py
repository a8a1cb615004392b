"""Where i and j land."""
