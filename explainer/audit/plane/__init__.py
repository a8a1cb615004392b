"""The rules of what lives on the plane: grid, points, camera and units."""
