"""How likely, and how different: probabilities, tables, comparisons."""
