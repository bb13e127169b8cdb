"""The luck of parks."""

from sim.luck.draws import Purpose


class ParkPurpose(Purpose):
    """By prefecture."""

    FREE_LAND = 114
