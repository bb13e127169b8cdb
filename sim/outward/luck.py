"""The luck of firms that enter markets abroad."""

from sim.luck.draws import Purpose


class OutwardPurpose(Purpose):
    """Who asks for support, who is served first, whether a try succeeds, which markets are lost."""

    APPLYING = 140
    SERVED = 141
    SUCCESS = 142
    LOSS = 143
