"""What the rest of the province and households do in a quarter."""
