"""Packages of levers: the cheapest that reaches a target, and fronts of the best, robust over worlds."""
