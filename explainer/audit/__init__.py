"""The rules of the picture, measured from mobjects."""
