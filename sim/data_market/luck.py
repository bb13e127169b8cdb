"""The luck of firms with data."""

from sim.luck.draws import Purpose


class DataPurpose(Purpose):
    """How far a firm learns in a year to use the data on offer."""

    USE = 139
