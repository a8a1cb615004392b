"""Scenes about one layer that lays the plane onto the number line."""
