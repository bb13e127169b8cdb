"""One number with unit, range, source and status: reading and checking it."""
