"""The national economy around the province: exogenous paths."""
