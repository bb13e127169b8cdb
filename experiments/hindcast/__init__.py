"""Forecasts held against figures that no run has seen: scores, naive forecasts, and a past plan."""
