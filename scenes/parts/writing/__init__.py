"""Writings that change or stand together."""
