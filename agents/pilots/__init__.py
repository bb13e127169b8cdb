"""Pilot lines that scale up and test what firms have invented."""
