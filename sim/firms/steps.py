"""What firms do in a quarter, stage by stage over the whole population."""

import numpy as np

from agents.economy import Economy
from agents.firms.certification import Round, certify, recognised_to_2020, usual_hazard
from agents.firms.conditions import Local
from agents.firms.exit import Estates, wind_up
from agents.firms.january import shock_firms
from agents.firms.quarter import count, offer, operate
from agents.parks.parks import Parks
from agents.regulation.regulation import Regulation
from agents.supply.links import SupplyLinks
from sim.change.steps import tell_exits
from sim.finance.steps import settle_exits
from sim.luck.of_firms import FirmPurpose, lasting
from sim.moment import Moment


def draw(economy: Economy, now: Moment) -> None:
    """The luck of every firm in what it decides or meets every quarter."""
    now.drawn = now.luck.of_quarter(economy.firms, now.quarter)


def draw_due(economy: Economy, now: Moment) -> None:
    """The luck of every firm in yearly and half-yearly decisions."""
    now.due = now.luck.when_due(economy.firms, now.quarter)


def meet_shocks(economy: Economy, now: Moment) -> None:
    """January: the productivity of every firm moves with the year's shocks."""
    firms = economy.firms
    lasting, brief = now.luck.of_january(firms, now.quarter)
    shock_firms(firms.arrays(), lasting, brief, economy.behaviour, firms.start, firms.stop)


def make_offers(economy: Economy, now: Moment) -> None:
    """Prices and attraction of every firm; with them the national markets clear."""
    firms, p, work, home = economy.firms, economy.behaviour, now.scratch.work, economy.markets.home
    offer(firms.arrays(), now.drawn, p, now.conditions, work, firms.start, firms.stop, home)
    economy.markets.clear()


def around_firms(economy: Economy) -> Local:
    """What firms meet alike in their cell: labour, yield of research, knowledge, land, demand."""
    labour, knowledge = economy.talent.local, economy.knowledge
    parks, links, regulation = economy.of(Parks), economy.of(SupplyLinks), economy.of(Regulation)
    return Local(
        labour.wage,
        labour.hiring,
        labour.talent * parks.research,
        labour.skill,
        knowledge.pool,
        knowledge.before,
        np.concatenate([parks.room] * economy.geography.industries),
        links.demand,
        links.at_home,
        regulation.saved,
        regulation.relief,
    )


def run(economy: Economy, now: Moment) -> None:
    """Production, research, money, knowledge and patents of every firm; some will leave."""
    firms, totals = economy.firms, economy.totals
    local, p = around_firms(economy), economy.behaviour
    now.leaving = sum(
        operate(firms.arrays(), now.drawn, p, now.conditions, local, now.scratch.work, span, totals)
        for span in now.scratch.spans(economy)
    )
    found = economy.counts
    found.patents_granted, found.patents_lapsed = int(totals.granted[0]), int(totals.lapsed[0])
    found.high_value_new = int(totals.high_value_new[0])
    found.high_value_lapsed = int(totals.high_value_lapsed[0])
    found.certified_lapsed = int(totals.certificates_lapsed[0])


def leave(economy: Economy, now: Moment) -> None:
    """Winds up the firms that leave and takes them out of the population."""
    if not now.leaving:
        return
    firms, totals = economy.firms, economy.totals
    rows, arrays = np.flatnonzero(firms.exit_reason != 0), firms.arrays()
    estates = Estates(rows, *np.zeros((2, len(rows)), np.int64))
    price = now.circumstances.material_price
    for places in now.scratch.leavers(economy, rows):
        wind_up(arrays, economy.behaviour, estates, places, now.quarter, price, totals)
    found = economy.counts
    found.insolvent, found.closed = int(totals.insolvent[0]), int(totals.closed[0])
    found.patents_lapsed = int(totals.lapsed[0])
    found.high_value_lapsed = int(totals.high_value_lapsed[0])
    found.certified_left = int(totals.certificates_left[0])
    settle_exits(economy, rows, estates.left, estates.claims)
    tell_exits(economy, rows)
    economy.standing.give_up(firms.id[rows])
    firms.remove(rows)


def hold_certification(economy: Economy, now: Moment) -> None:
    """The round of certificates; who got or renewed one is left in `now`."""
    firms, p, luck = economy.firms, economy.behaviour, now.due[FirmPurpose.CERTIFICATION]
    held = Round(
        hazard=float(usual_hazard(now.quarter, p)),
        recognised=now.setting.recognition(now.quarter) * float(recognised_to_2020(now.quarter, p)),
        place=economy.certificate_take_up,
        cost=lasting(now.draws, firms, FirmPurpose.CERTIFICATE_COST),
        doubt=lasting(now.draws, firms, FirmPurpose.CERTIFICATE_DOUBT),
    )
    rows = np.empty(firms.capacity, np.int64)
    awarded, anew = certify(firms.arrays(), luck, held, p, now.conditions, firms.start, firms.stop, rows)
    economy.counts.certified_new = anew
    now.certified = rows[:awarded]


def take_count(economy: Economy, now: Moment) -> None:
    """Firms, certificates, patents and knowledge at the end of the quarter, by cell."""
    firms = economy.firms
    count(firms.arrays(), now.quarter, firms.start, firms.stop, economy.totals.cells)
    economy.province = economy.totals.cells.sum(axis=0).tolist()
