"""The luck of institutes' clients."""

from sim.luck.draws import Purpose


class InstitutePurpose(Purpose):
    """By firm, once and for all: who comes first to an institute within reach."""

    INSTITUTE_CLIENT = 130
