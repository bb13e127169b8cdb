"""Eight quarters on the data of 2015 that warm lagged states; sizes return to the synthesised ones.

Who fails in them makes room for a firm like those that live on, in the same class, place and age: else the
first year would see the failures of a population that nothing had selected yet.
"""

import numpy as np

from agents.economy import Economy
from agents.engine.population import Population
from agents.firms.innovation import grant_quarters
from agents.firms.start import grant_start_patents, patent_weights, restore_sizes
from agents.products.markets import segments
from agents.science.patent_ages import ENTERPRISES, PatentAges
from scenarios.worlds.calendar import FIRST_QUARTER
from sim.firms.scratch import Scratch
from sim.firms.steps import draw, make_offers, run, take_count
from sim.luck.draws import Draws
from sim.luck.of_firms import FirmLuck
from sim.moment import moment_of
from sim.products.steps import take_stock
from sim.quarter import PARTS
from sim.science.steps import spread_knowledge
from sim.setting import Setting
from sim.start.luck import StartPurpose
from sim.supply.begin import link_firms
from sim.supply.steps import place_orders

NEIGHBOURS = 20  # firms of like size, of which one is copied by luck
COPIED = (
    "log_productivity", "log_lasting_shock", "log_brief_shock", "log_quality", "log_customer_capital",
    "markup", "log_sales", "trailing_sales", "expected_demand", "log_fill", "labour_per_unit",
    "material_rate", "log_price", "attraction", "capital", "pending_capital", "pending_due", "labour",
    "inventory", "inventory_value", "sales", "value_added", "profit", "wage_bill", "investment",
    "deposits", "loans",
)  # fmt: skip
IDLE = (
    take_stock,
    draw,
    make_offers,
    place_orders,
    run,
    take_count,
    spread_knowledge,
)  # quarters before 2016, in order


def warm_up(economy: Economy, setting: Setting, draws: Draws) -> None:
    """Runs the firms with entry, exit, certification and jumps off, then restores sizes and sets patents."""
    sales = economy.firms.trailing_sales.copy()
    luck, scratch = FirmLuck(draws), Scratch()
    for economy.quarter in range(FIRST_QUARTER, 0):
        idle_quarter(economy, setting, luck, scratch)
        replace_failures(economy.firms, draws, economy.quarter)
    finish(economy, setting, luck, sales)
    economy.quarter = 0


def idle_quarter(economy: Economy, setting: Setting, luck: FirmLuck, scratch: Scratch) -> None:
    """One quarter of production and research in which nobody comes, goes or jumps."""
    now = moment_of(economy, setting, luck.draws, luck, scratch, active=False)
    PARTS.forget(economy)
    for step in IDLE:
        step(economy, now)


def replace_failures(firms: Population, draws: Draws, quarter: int) -> None:
    """Gives the place of each firm that failed to a copy of one of its neighbours in size that lives on.

    What the marginals say of the place stays: prefecture, industry, age, owner, certificate, research; and in
    the end its size, to which all that was copied is scaled. Source: hot-deck imputation within classes,
    Andridge and Little (2010), International Statistical Review 78.
    """
    for start, stop in segments(firms):
        failed = start + np.flatnonzero(firms.exit_reason[start:stop] != 0)
        alive = start + np.flatnonzero(firms.exit_reason[start:stop] == 0)
        if not len(failed) or not len(alive):
            continue
        luck = draws.uniforms(StartPurpose.REPLACED, firms.id[failed], quarter)
        nearest = np.searchsorted(alive, failed) + np.floor((luck - 0.5) * NEIGHBOURS).astype(np.int64)
        donors = alive[np.clip(nearest, 0, len(alive) - 1)]
        for name in COPIED:
            column = getattr(firms, name)
            column[failed] = column[donors]
    firms.exit_reason[firms.rows()] = 0


def finish(economy: Economy, setting: Setting, luck: FirmLuck, sales: np.ndarray) -> None:
    """Sizes back to those of end-2015, and the patents in force then."""
    firms, markets = economy.firms, economy.markets
    arrays, behaviour = firms.arrays(), economy.behaviour
    conditions = setting.conditions(markets, setting.circumstances(0, active=False))
    drawn, weights = luck.of_quarter(firms, -1), np.zeros(firms.capacity)
    total = 0.0
    for k, (start, stop) in enumerate(segments(firms)):
        restore_sizes(arrays, sales, behaviour, conditions[k], start, stop)
        total += patent_weights(arrays, start, stop, weights)
    held = economy.parameters.enterprise_patents_2015 * economy.scale
    per_weight = held / total if total > 0.0 else 0.0  # where nobody can hold a patent nobody does
    past_ten = economy.of(PatentAges).past_ten[ENTERPRISES]
    for start, stop in segments(firms):
        grant_start_patents(arrays, drawn, behaviour, start, stop, weights, per_weight, past_ten)
    file_before_warm_up(firms, grant_quarters(behaviour))
    firms.emerging_year[firms.rows()] = 0  # quarters of warming up are no year
    markets.take_stock(firms)
    link_firms(economy, luck.draws)


def file_before_warm_up(firms: Population, lag: int) -> None:
    """Applications still pending from before the warm-up, where examination takes longer than it lasts.

    Each such quarter files what the warm-up did as many quarters later as it is long.
    """
    for quarter in range(-lag, FIRST_QUARTER):
        firms.pending_patents[quarter % lag] = firms.pending_patents[(quarter - FIRST_QUARTER) % lag]
