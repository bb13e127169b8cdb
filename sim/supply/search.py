"""Large firms look for suppliers at home: who looks, whom they meet, and which links begin."""

from typing import NamedTuple

import numpy as np

from agents.economy import Economy
from agents.supply.anchors import FREE, PLACES_ON_LIST, Anchors, Looking, cheap_enough, offers_of
from agents.supply.links import SupplyLinks
from sim.luck.draws import Draws
from sim.supply.luck import SupplyPurpose, members


class Found(NamedTuple):
    """New links, one element each: rows of buyers, and the luck with which they looked."""

    buyers: np.ndarray
    luck: np.ndarray


def look_for_suppliers(
    economy: Economy,
    draws: Draws,
    quarter: int,
    own: np.ndarray,
    chance: np.ndarray | float,
    log_outside_price: float = 0.0,
) -> Found:
    """Links of a year. own: row of each anchor. chance: to look, one for all or by anchor."""
    anchors, links, firms = economy.of(Anchors), economy.of(SupplyLinks), economy.firms
    which = members(anchors.ids, PLACES_ON_LIST)
    luck = draws.uniforms(SupplyPurpose.SUPPLIER_SEARCH, which.ravel(), quarter).reshape(which.shape)
    looks = (anchors.suppliers == FREE) & (luck < np.reshape(chance, (-1, 1))) & (own != FREE)[:, None]
    looking, on_list = np.nonzero(looks)
    if not len(looking):
        return Found(np.zeros(0, np.int64), np.zeros(0))
    buyers = own[looking]
    cells = economy.cells_of(buyers)
    which = which[looking, on_list]
    volumes = anchors.volumes(firms, buyers, links.bought_per_sale[cells])
    demand = economy.behaviour.demand
    worth = demand.quality_weight / demand.price_weight
    outside = (log_outside_price, economy.markets.mean_quality, worth)
    rows = cheap_enough(firms, outside, anchors.parameters.offer_tolerance, float(volumes.min()))
    own_luck = draws.uniforms(SupplyPurpose.SUPPLIER_MET, firms.id[rows], quarter)
    look = Looking(
        anchors=looking,
        cells=cells,
        volumes=volumes,
        luck_cell=draws.uniforms(SupplyPurpose.SUPPLIER_CELL, which, quarter),
        luck_firm=draws.uniforms(SupplyPurpose.SUPPLIER_FIRM, which, quarter),
    )
    offers = offers_of(firms, links.share, rows, economy.cells_of(rows), own_luck)
    rows = anchors.choose(offers, look)
    taken = anchors.link(firms, looking, on_list, rows, quarter)
    return Found(buyers[taken], luck[looking, on_list][taken])
