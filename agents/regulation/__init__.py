"""Regulation: how long firms wait for approvals, and what it costs them to comply."""
