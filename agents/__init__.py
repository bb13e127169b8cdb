"""Actors: what they have, what they depend on, what they decide.

Importing this package chooses the folder where Numba keeps compiled code. Numba notices
that the file of a stage changed, but not that a rule in another file did; so the folder is
named by the digest of all sources that hold compiled code, and a changed rule starts anew.
"""

from agents.engine import cache_folder

cache_folder.choose()
