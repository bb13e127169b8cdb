"""How fast the model is, and beside what."""
