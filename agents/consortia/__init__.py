"""Consortia in which firms and institutions do research together."""
