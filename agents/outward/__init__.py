"""Markets outside the country that firms enter with support."""
