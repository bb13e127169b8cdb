"""The luck of accelerators."""

from sim.luck.draws import Purpose


class AccelerationPurpose(Purpose):
    """One draw for all of them."""

    STAYING = 120
