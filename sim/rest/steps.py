"""The rest of the province and households in a quarter: value added, wages, taxes, consumption, trade."""

from agents.buyers.households import Households
from agents.economy import Economy
from agents.firms.research import user_cost
from agents.money.families import SUPER_DEDUCTION
from agents.money.flows import N_SECTORS, Sector
from agents.rest.home_demand import Observed
from agents.rest.research_of_rest import RestResearch
from agents.state.government import LAST_KNOWN_YEAR
from sim.moment import Moment

PUBLIC = (Sector.PROVINCE, Sector.PREFECTURES, Sector.UNIVERSITIES)


def produce(economy: Economy, now: Moment) -> None:
    """Value added of the rest of the province, which follows the world and answers demand at home."""
    economy.rest_value_added = economy.rest.value_added(now.setting.rest_value_added(now.quarter))


def perform_research(economy: Economy, now: Moment) -> None:
    """Research of other enterprises answers the deductions that all have; a statistic, in no account."""
    p, addition = economy.behaviour, economy.offers.of(SUPER_DEDUCTION).addition
    c = min(
        now.conditions, key=lambda own: own.super_deduction
    )  # what some makers have beyond it, not all have
    cost = user_cost(False, 0.0, addition, 0.0, p, c)
    elasticity, adjustment = p.research.user_cost_elasticity, p.research.research_adjustment
    economy.of(RestResearch).perform(economy.rest_value_added, cost, elasticity, adjustment)


def pay_wages_and_taxes(economy: Economy, now: Moment) -> None:
    """The rest pays wages and profits, households pay tax, the rest pays its taxes."""
    ledger, rest, added = economy.ledger, economy.rest, economy.rest_value_added
    rest.pay_wages(ledger, added, economy.governments.taxed_extra)
    rest.tax_households(ledger)
    rest.pay_taxes(ledger, economy.governments, added, now.year)


def consume(economy: Economy, now: Moment) -> None:
    """Households consume; trade with the outside evens out what is left."""
    economy.rest.consume(economy.ledger)
    economy.rest.close(economy.ledger, economy.rest_value_added)


def look_at_demand(economy: Economy, now: Moment) -> None:
    """What was demanded at home beyond what the world takes for granted; the rest answers next quarter."""
    economy.rest.demand.look(observed(economy), now.year - LAST_KNOWN_YEAR, now.of_year)


def observed(economy: Economy) -> Observed:
    """Demand at home, public revenue and markets as the quarter leaves them."""
    ledger, governments, markets = economy.ledger, economy.governments, economy.markets
    moved = ledger.add_up().moved.reshape(N_SECTORS, N_SECTORS).tolist()
    at_home = economy.rest.spent_at_home
    return Observed(
        public=sum([bought_at_home(moved[payer], at_home) for payer in PUBLIC])
        - economy.of(Households).displaced,
        firms=bought_at_home(moved[Sector.FIRMS], at_home),
        revenue=float(governments.ordinary_revenue(ledger)),
        taxed=at_home * governments.taxed_extra,
        national=markets.national.tolist(),
        share=(markets.home / (markets.home + markets.outside)).tolist(),
    )


def bought_at_home(paid: list[int], at_home: float) -> float:
    """What a sector bought of the rest, and households with a share of what it paid them [yuan]."""
    return float(paid[Sector.REST]) + at_home * float(paid[Sector.HOUSEHOLDS])
