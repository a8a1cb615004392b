"""Two curves, two classes, one question."""
