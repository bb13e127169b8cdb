"""The luck with which the firms of 2015 are drawn."""

from sim.luck.draws import Purpose


class StartPurpose(Purpose):
    """By firm; the split of emerging value added by industry."""

    EMERGING_SPLIT = 35

    KIND = 36
    AGE = 37
    CERTIFICATE = 38
    EMERGING_SHARE = 39

    DOES_RESEARCH = 40
    RESEARCH_PROPENSITY = 41
    PATENT_PROPENSITY = 42
    PRODUCTIVITY = 43

    QUALITY = 44
    MARKUP = 45
    CASH = 46
    INTELLECTUAL_PROPERTY = 47

    STRATUM = 48
    OWNERSHIP = 49
