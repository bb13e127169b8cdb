"""What the program, or one run of it, relies on: every number with its reference and status."""
