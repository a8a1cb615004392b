"""Jobs done: in this process, in several, on a cluster, and again when something changes."""
