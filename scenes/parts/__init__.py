"""Reusable pictures that the explainers are made of."""
