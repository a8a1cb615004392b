"""From raw frames to mp4, webm, gif and png."""
