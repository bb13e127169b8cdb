"""Levers from outside the package: a folder of the user's with NAME.yaml and NAME.py of each, no fork."""
