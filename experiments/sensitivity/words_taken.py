"""The keys that `sanxiang sensitivity` takes."""

OWN = ("targets", "scale", "runs", "trajectories")
TAKEN = ("scenario", "reform", "levers", "world", "region", "seed", "parameters", "results")
"""Of a sweep: they say what a run is, and where runs are kept."""
VALUES = ("lever.", "parameters.")
"""What keys begin with that set a value."""
