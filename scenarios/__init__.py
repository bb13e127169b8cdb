"""What somebody outside the economy decides: levers, worlds, targets, and the check of every value."""
