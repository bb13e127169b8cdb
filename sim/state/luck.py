"""The luck of what governments do."""

from sim.luck.draws import Purpose


class StatePurpose(Purpose):
    """By carrier, by project and applicant, by prefecture."""

    CARRIER_SCORE = 25
    CARRIER_REVIEW = 26

    MISSION_CONTEST = 68
    MISSION_MILESTONE = 69
    MISSION_AUDIT = 70
    MISSION_APPLICATION = 71

    PREFECTURE_POLICY = 75


class EvaluationPurpose(Purpose):
    """By firm: who is audited, what it reports, whether it is in the sample that is judged."""

    AUDIT = 152
    REPORTED_RESEARCH = 153
    REPORTED_SALES = 154
    SAMPLE = 155
