"""Values and choices, no code; read by scenarios/load.py only."""
