"""The verbs of the command line: what they are given and what they print."""
