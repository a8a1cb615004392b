"""One module per command: its function, and examples for its help; Manim is imported only when it runs."""
