"""The calendar of a quarter with one step exchanged for another."""

import sim.quarter


def exchange(patched, step, other):
    """Until `patched` is undone a quarter takes `other` where it took `step`."""
    assert step in [known for _, known in sim.quarter.CALENDAR]
    changed = tuple((when, other if known is step else known) for when, known in sim.quarter.CALENDAR)
    patched.setattr(sim.quarter, "CALENDAR", changed)
