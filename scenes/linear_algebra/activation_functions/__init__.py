"""What each activation function does to a row of numbers."""
