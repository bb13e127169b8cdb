"""The economy of end-2015: firms synthesised, warmed up for eight quarters, given a balance sheet."""

import numpy as np

from agents.economy import Economy, new_firms
from agents.engine.population import Population
from agents.firms.start import draw_leverage, equip_firms, split_productivity
from agents.geography import Geography
from agents.products.markets import segments
from scenarios.region.region import Region
from scenarios.spec import RunSpec
from sim.books.begin import opening_bonds
from sim.finance.steps import rate_firms
from sim.firms.attitudes import start_attitudes
from sim.firms.scratch import Scratch
from sim.luck.draws import Draws
from sim.luck.of_firms import FirmLuck
from sim.moment import moment_of
from sim.quarter import PARTS
from sim.science.transfer import disclosure_luck
from sim.setting import Setting, draws_of
from sim.start.assembly import assemble
from sim.start.synthesis import synthesise
from sim.start.warm_up import warm_up

ROOM_FOR_GROWTH = 2.0  # rows per firm of end-2015; more are made when needed, at the cost of a quarter


def begin(spec: RunSpec, region: Region, setting: Setting, draws: Draws) -> Economy:
    """The economy at the end of 2015, ready for its first quarter.

    Payments of the warm-up are posted to nobody: the books open after it, with what firms hold then.
    """
    table = synthesise(region, spec.parameters, draws, spec.scale, draws_of(spec, spec.bases_of, draws))
    firms = settle_firms(table, setting.parameters.productivity_level, region.geography)
    economy = assemble(spec, region, setting, firms)
    rows = firms.rows()
    firms.log_research_propensity[rows] += economy.research_of_place[firms.prefecture[rows]]
    start_attitudes(economy, draws)
    now = moment_of(economy, setting, draws, FirmLuck(draws), Scratch(), active=False)
    for k, (start, stop) in enumerate(segments(firms)):
        own = rows_of_industry(table, k)
        p, arrays, leverage = economy.behaviour, firms.arrays(), np.empty(stop - start)
        split_productivity(arrays, table["shock_luck"][own], p, start, stop)
        draw_leverage(table["leverage_luck"][own], p, leverage)
        equip_firms(arrays, table["cash_ratio"][own], leverage, p, now.conditions[k], start, stop)
    rate_firms(economy, now)
    warm_up(economy, setting, draws)
    stock_inventions(economy, draws)
    open_books(economy, setting)
    return economy


def settle_firms(table: dict[str, np.ndarray], productivity_level: float, geography: Geography) -> Population:
    """The synthesised firms as a population, industry by industry."""
    counts = np.bincount(table["industry"], minlength=geography.industries)
    firms = new_firms((counts * ROOM_FOR_GROWTH).astype(np.int64) + 64)
    for k in range(geography.industries):
        rows = rows_of_industry(table, k)
        own = {name: column[rows] for name, column in table.items()}
        firms.add(
            k,
            own["id"],
            prefecture=own["prefecture"],
            ownership=own["ownership"],
            entry_quarter=-own["age_quarters"],
            emerging_share=own["emerging_share"],
            log_productivity=own["log_productivity"] + productivity_level,
            log_quality=own["log_quality"],
            markup=own["markup"],
            trailing_sales=own["sales_annual"].astype(np.float64),
            does_research=own["does_research"].astype(np.int64),
            log_research_propensity=own["research_propensity_log"],
            log_patent_propensity=own["patent_propensity_log"],
            certificate_expiry=own["certificate_expiry_quarter"],
            intellectual_property_test=own["ip_test"],
        )
    return firms


def rows_of_industry(table: dict[str, np.ndarray], industry: int) -> slice:
    """Where the firms of an industry stand in the table, which is sorted by industry."""
    return slice(*np.searchsorted(table["industry"], [industry, industry + 1]).tolist())


def stock_inventions(economy: Economy, draws: Draws) -> None:
    """Inventions disclosed before 2016 that are still on offer: a shelf life of the research of 2015."""
    universities, inventions = economy.universities, economy.inventions
    universities.research = universities.expected_research(2015).astype(np.int64)
    share = inventions.parameters.reference_inventor_share
    for quarter in range(-int(inventions.parameters.shelf_life), 0):
        inventions.disclose(universities, 1.0, share, quarter, disclosure_luck(draws, quarter))
    universities.research = np.zeros_like(universities.research)


def open_books(economy: Economy, setting: Setting) -> None:
    """The first balance sheet: what everybody holds when 2016 begins; the outside account closes it."""
    balances = PARTS.balances(economy, setting)
    economy.ledger.set_opening(balances, opening_bonds(economy), *economy.money_of_firms())
    economy.rest.give_credit_lines(economy.ledger)
