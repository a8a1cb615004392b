"""One video to make: its scene, its parameters, its look."""
