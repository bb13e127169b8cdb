"""Buyers: what they hold against products that nobody has tried, and what they are paid to buy."""
