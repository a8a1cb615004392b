"""What every scene stands on: the base scene and its beats, the camera, motion, writing."""
