"""ReLU folds the plane."""
