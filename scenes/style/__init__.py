"""How pictures look and read: colours, places, fonts, words, numbers, outlines; free of Manim."""
