"""Weights of the folding network that walk down their loss while every other parameter is held."""
