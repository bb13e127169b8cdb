"""How figures are drawn: style, panels, bands and text."""
