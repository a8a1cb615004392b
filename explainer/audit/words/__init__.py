"""The rules of what is written: letters, captions and numbers."""
