"""What runs draw: parameters, the world's path and unknown bases, each by name with its value."""
