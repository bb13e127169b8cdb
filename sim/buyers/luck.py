"""The luck of novel products."""

from sim.luck.draws import Purpose


class BuyerPurpose(Purpose):
    """Whose products are demonstrated, and whose first sets are supported; by firm."""

    DEMONSTRATION = 121
    FIRST_SET = 122
