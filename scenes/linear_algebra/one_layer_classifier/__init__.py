"""One layer and a threshold decide."""
