"""The luck in the founding of firms."""

from sim.luck.draws import Purpose


class EntryPurpose(Purpose):
    """How many firms are founded, by cell."""

    COUNT = 24
