"""A project that is finished becomes a firm: its plant is what was built, its customers come within years."""

from typing import NamedTuple

import numpy as np

from agents.engine.block import block_of
from agents.engine.rules import stage
from agents.firms.entry import draw_identity, draw_research, draw_technology, set_scale
from agents.numbers.elementary import yuan

GUESS = 1e8  # yuan of annual sales from which the size that goes with the plant is found; any would do


class Arrivals(NamedTuple):
    """Finished projects, one element each: row and industry of the firm, its plant, what money it brings."""

    rows: np.ndarray
    industries: np.ndarray
    plant: np.ndarray  # quantity, at the prices of 2016Q1
    cash: np.ndarray  # yuan, written


@stage
def settle(firms, founding, p, m, ramp_start, conditions, arrivals):
    """Endows the firms of finished projects, which are no less productive than those that are here.

    They sell at first a share `ramp_start` of what their plant is made for. Writes the money they bring.
    """
    for j in range(len(arrivals.rows)):
        i, k = arrivals.rows[j], arrivals.industries[j]
        c, luck = conditions[k], block_of(founding.luck, j, j + 1)
        firm, lift = block_of(firms, i, i + 1), founding.lift[j : j + 1]
        level, quality = founding.productivity[k] + m.productivity, founding.quality[k]
        draw_technology(firm, luck, lift, p, level, quality)
        draw_identity(firm, luck, founding.shares, p, c)
        firms.trailing_sales[i] = GUESS
        set_scale(firm, p, c)
        whole = GUESS * arrivals.plant[j] / firms.capital[i]
        firms.trailing_sales[i] = max(1.0, ramp_start * whole)
        set_scale(firm, p, c)
        firms.capital[i] = arrivals.plant[j]
        draw_research(firm, luck, founding.research, p, c)
        arrivals.cash[j] = yuan(m.cash * whole)
        firms.deposits[i] = arrivals.cash[j]
