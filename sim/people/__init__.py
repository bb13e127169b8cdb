"""How skilled people move, and what must hold of it."""
