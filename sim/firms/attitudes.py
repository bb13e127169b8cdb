"""What firms think of certificates, from their first quarter on: drawn by id, once, whoever brings them."""

import numpy as np

from agents.economy import Economy
from agents.firms.certification import draw_attitudes
from sim.luck.draws import Draws
from sim.luck.of_firms import attitude_luck


def take_attitudes(economy: Economy, draws: Draws, rows: np.ndarray) -> None:
    """Of firms that are new in the province: any of them seeks a certificate with the same chance."""
    ceiling = economy.behaviour.certification.certification_ceiling
    _draw(economy, draws, rows, np.full(len(rows), ceiling))


def start_attitudes(economy: Economy, draws: Draws) -> None:
    """Of the firms of end-2015, of which those that are certified seek a certificate."""
    firms, rows = economy.firms, economy.firms.rows()
    certified, does_research = firms.certificate_expiry[rows] > 0, firms.does_research[rows] != 0
    ceiling = economy.behaviour.certification.certification_ceiling
    others = chance_of_others(ceiling, int(certified.sum()), int((certified | does_research).sum()))
    seeking = np.where(certified, 1.0, np.where(does_research, others, ceiling))
    _draw(economy, draws, rows, seeking)


def chance_of_others(ceiling: float, certified: int, able: int) -> float:
    """Chance that one of those who are able and not certified seeks, if a share `ceiling` of all able does.

    certified, able: numbers of firms. Where more are certified than that nobody else seeks.
    """
    return max(0.0, ceiling * able - certified) / max(able - certified, 1)


def _draw(economy: Economy, draws: Draws, rows: np.ndarray, seeking: np.ndarray) -> None:
    firms = economy.firms
    draw_attitudes(firms.arrays(), attitude_luck(draws, firms.id[rows]), economy.behaviour, rows, seeking)
