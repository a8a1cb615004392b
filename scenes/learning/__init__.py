"""Lesson 2: how a network learns."""
