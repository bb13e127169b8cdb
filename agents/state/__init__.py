"""Governments and what they run: two tiers, carriers, grants, missions, public orders, digital networks."""
