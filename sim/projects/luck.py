"""The luck of projects: by project, which keeps it wherever it is built, and by firm that moves."""

from sim.luck.draws import Purpose


class ProjectPurpose(Purpose):
    """How many come, where to, how large they are, how each stage ends, and which firm thinks of moving."""

    CANDIDATES = 94
    CHOICE = 95

    STAYING = 96
    ORIGIN = 97
    PLANNED = 98
    CLOSING = 99

    SIGNING = 100
    STARTING = 101
    FINISHING = 102
    ABANDONING = 103

    RECONSIDERING = 104
    NEW_PLACE = 105
