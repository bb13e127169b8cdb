"""The luck of projects before the centre."""

from sim.luck.draws import Purpose


class CentralPurpose(Purpose):
    """Who has a project ready, which are won; who wins national projects, and what owners take of a grant."""

    INVESTMENT = 133
    NATIONAL = 134
    MISUSE = 135
