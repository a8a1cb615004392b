"""A job's scene played on Manim: its frames, its beats, its results."""
