"""The plane, what lives on it, and the window through which it is seen."""
