"""What comes from files of one's own."""
