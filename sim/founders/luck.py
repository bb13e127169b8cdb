"""The luck of founders."""

from sim.luck.draws import Purpose


class FounderPurpose(Purpose):
    """Whole persons where fractions are expected; who applies for a loan or a seat, who is served first."""

    FLOWS = 106
    MARGINAL_COUNT = 107

    APPLICATION = 108
    SERVED = 109
    SEAT_SOUGHT = 110
    SEAT_RANK = 111

    STAY = 112
