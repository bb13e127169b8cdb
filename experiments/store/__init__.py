"""A results folder: sealed files, and the only way in which they are written and read."""
