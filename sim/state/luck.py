"""The luck of what governments do."""

from sim.luck.draws import Purpose


class StatePurpose(Purpose):
    """By carrier, by project and applicant, by firm from outside, by prefecture."""

    CARRIER_SCORE = 25
    CARRIER_REVIEW = 26

    MISSION_CONTEST = 68
    MISSION_MILESTONE = 69
    MISSION_AUDIT = 70
    MISSION_APPLICATION = 71

    RELOCATION_COUNT = 72
    RELOCATION_CHOICE = 73
    RELOCATION_STAYING = 74
    PREFECTURE_POLICY = 75
