"""What firms do in a quarter, and who enters."""
