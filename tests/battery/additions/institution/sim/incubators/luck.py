"""The luck of incubators."""

from sim.luck.draws import Purpose


class IncubationPurpose(Purpose):
    """One draw for all of them."""

    STAYING = 76
