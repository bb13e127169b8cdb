"""The national product markets on which firms sell."""
