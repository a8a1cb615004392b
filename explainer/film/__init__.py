"""A finished video: its files, its recipe, its subtitles."""
