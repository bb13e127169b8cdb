"""National markets in a quarter: they move with the world; a census each January finds who sells there."""

import numpy as np

from agents.economy import Economy
from agents.firms.totals import KNOWLEDGE, RESEARCH
from agents.money.families import FAMILIES, SUPER_DEDUCTION
from agents.products.rivals import adjust, encouraged, learn
from agents.state.government import LAST_KNOWN_YEAR
from sim.moment import Moment

LAST_OF_YEAR = 3


def move_markets(economy: Economy, now: Moment) -> None:
    """National markets and rivals' attraction, from the last quarter to this one."""
    now.setting.move_markets(economy)


def take_stock(economy: Economy, now: Moment) -> None:
    """Median size and mean technology of each industry, as a yearly census finds them."""
    economy.markets.take_stock(economy.firms)
    now.look_at_markets(economy)


def answer_of_rivals(economy: Economy, now: Moment) -> None:
    """Rivals get what a national rule gives and imitate what programmes add: they learn and attract more."""
    p, province = economy.parameters, economy.province
    research, knowledge = (max(float(province[column]), 1.0) for column in (RESEARCH, KNOWLEDGE))
    adjust(economy.markets, p.rival_response_national * by_national_rules(economy, now), economy.behaviour)
    imitated = p.imitation_yield * paid_for_knowledge(economy, now) / research
    turnover = min(1.0, research / now.circumstances.material_price / knowledge)
    learn(economy.markets, p.rival_response_provincial * imitated, turnover, p.rival_yield)


def by_national_rules(economy: Economy, now: Moment) -> np.ndarray:
    """What the deduction beyond 2020's, by the world and by levers, adds to research [share, industry]."""
    addition, p = economy.offers.of(SUPER_DEDUCTION).addition, economy.behaviour
    raised, found = now.setting.deduction_since_2020(now.quarter).tolist(), []
    known: dict[tuple[float, float], float] = {}  # most industries have the same rule, which says all
    for more, own in zip(raised, now.conditions, strict=True):
        rule = (more, own.super_deduction)
        if rule not in known:
            usual = own._replace(super_deduction=own.super_deduction - more)
            elasticity = economy.parameters.rival_cost_elasticity
            known[rule] = encouraged(addition + more, elasticity, p, [usual])[0]
        found.append(known[rule])
    return np.array(found)


def paid_for_knowledge(economy: Economy, now: Moment) -> int:
    """What programmes that act through knowledge paid in the year beyond 2020 [yuan]; seen at its end."""
    if now.of_year < LAST_OF_YEAR:
        return 0
    families = [family for family in FAMILIES.values() if family.knowledge]
    payers = {one.name: one for family in families for one in economy.offers.payers(family)}
    return sum(one.paid_beyond(LAST_KNOWN_YEAR) for one in payers.values())
