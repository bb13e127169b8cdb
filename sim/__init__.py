"""Time, luck, the order of a quarter, identities, indicators: what makes a model run."""
