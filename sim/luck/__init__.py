"""Luck by seed, purpose, member and quarter."""
