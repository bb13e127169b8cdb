"""Scenario files: what a user may write, and what it changes."""
