"""The luck of people who move."""

from sim.luck.draws import Purpose


class PeoplePurpose(Purpose):
    """Whole persons where fractions are expected, by stock of people."""

    GRADUATE_PLACE = 56
    TALENT_FLOW = 57
    TRAINED = 145
