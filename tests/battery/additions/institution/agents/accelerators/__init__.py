"""Accelerators: places for firms in their first years."""
