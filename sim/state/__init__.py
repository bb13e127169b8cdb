"""What governments do in a quarter, and what must hold of it."""
