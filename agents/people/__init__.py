"""Skilled people and where they go."""
