"""Scenes about a 2-2-1 network that moves the plane and reads off a score."""
