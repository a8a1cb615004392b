"""How wrong are predictions? A number for one, and one for all."""
