"""The luck of funds and of those who meet them."""

from sim.luck.draws import Purpose


class FundPurpose(Purpose):
    """By firm."""

    SELECTION = 60
    ACCEPTANCE = 61
    EXIT = 62
    PROCEEDS = 63

    COMMITMENT = 64
    QUALITY = 67

    PLEDGE = 138


class ListingPurpose(Purpose):
    """By firm who is a candidate and who is listed; for the province how many are."""

    CANDIDATE = 156
    LISTED = 157
    COUNT = 158
