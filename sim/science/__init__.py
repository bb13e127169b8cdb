"""How technology is disclosed, traded and registered, and what must hold of it."""
