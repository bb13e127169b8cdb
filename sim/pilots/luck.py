"""The luck of pilot lines."""

from sim.luck.draws import Purpose


class PilotPurpose(Purpose):
    """Which firm brings an invention of its own to a line, and what becomes of an invention, by firm."""

    PILOT_SOUGHT = 128
    PILOT_SUCCESS = 129
