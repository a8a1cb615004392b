"""A matrix is a fully connected layer."""
