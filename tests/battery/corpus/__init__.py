"""Configurations that are wrong, as data: each with a part of the line that has to be said."""
