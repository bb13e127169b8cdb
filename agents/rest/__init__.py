"""The economy around the technology firms."""
