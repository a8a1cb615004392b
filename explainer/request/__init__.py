"""What is asked for: from the user's words and files to jobs."""
