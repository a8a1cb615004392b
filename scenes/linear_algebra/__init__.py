"""Lesson 1: a network is linear algebra."""
