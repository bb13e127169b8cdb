"""The market for data: what public and traded data add to firms that have digitalised."""
