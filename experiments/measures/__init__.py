"""The plan's measures: their levers, the mechanisms behind, strength of evidence, measured effects."""
