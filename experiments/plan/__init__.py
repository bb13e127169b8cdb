"""What a sweep asks for: words, settings, points, and the runs that follow."""
