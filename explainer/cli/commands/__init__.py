"""One module per command; each has `register(app)` and imports Manim only when it runs."""
