"""Explainers: what was computed by nnmath, drawn with Manim."""
