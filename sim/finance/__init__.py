"""What the bank, the guarantee and the funds do in a quarter, and what must hold of it."""
