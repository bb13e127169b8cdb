"""The change of emerging value added from year to year, divided among its causes to the yuan."""
