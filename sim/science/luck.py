"""The luck of research and of the trade of technology."""

from sim.luck.draws import Purpose


class SciencePurpose(Purpose):
    """By institution, invention or firm."""

    UNIVERSITY = 27

    DISCLOSURE_COUNT = 52
    DISCLOSURE_QUALITY = 53
    TECHNOLOGY_MATCH = 54
    SPIN_OFF = 55

    OTHER_OWNERS = 85

    BASIC_NUMBER = 136
    BASIC_RESULT = 137
    NEW_INSTITUTE = 127
