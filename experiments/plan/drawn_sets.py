"""Which sets of parameters the runs of a sweep share out among them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from experiments.plan.settings import Settings
from scenarios.drawn import Drawn, load_drawn
from scenarios.values.errors import InputError


def drawn_sets(settings: Settings, chosen: str, region: str, folder: Path) -> Drawn | None:
    """The sets that `parameters=chosen` means; none for `central`, where all runs take the central values.

    Raises:
        InputError: more sets are asked for than were kept, or sets of the central parameters.
    """
    asked = settings.draws
    if chosen == "central":
        if asked is not None:
            raise InputError(f"draws={asked} needs parameters=prior; central is one set")
        return None
    known = load_drawn(region, folder)
    if asked is not None and asked > known.kept:
        raise InputError(f"draws={asked}: {known.kept} sets of parameters were kept")
    return replace(known, sets=known.sets[: min(asked or settings.replications, settings.replications)])
