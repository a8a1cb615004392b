"""Parameters and numbers of every explainer, free of Manim."""
