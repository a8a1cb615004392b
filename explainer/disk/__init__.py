"""Files that appear whole or not at all, and folders that vanish with the run."""
