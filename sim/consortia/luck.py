"""The luck of consortia."""

from sim.luck.draws import Purpose


class ConsortiumPurpose(Purpose):
    """By firm: who leads a consortium, and who joins one."""

    CONSORTIUM_LEAD = 131
    CONSORTIUM_MEMBER = 132
