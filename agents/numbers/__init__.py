"""Arithmetic with the same bits everywhere: elementary functions, distributions, shares of whole yuan."""
