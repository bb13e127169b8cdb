"""Statistical coverage in January: it drifts with the world, and with what the province does about it."""

from agents.coverage.coverage import Coverage
from agents.economy import Economy
from agents.money.families import STATISTICAL_COVERAGE
from sim.moment import Moment


def move_coverage(economy: Economy, now: Moment) -> None:
    """The coverage of the year that begins."""
    own = economy.offers.of(STATISTICAL_COVERAGE).drift
    setting, quarter = now.setting, now.quarter
    economy.of(Coverage).drift(
        setting.coverage_drift(quarter) + own,
        setting.coverage_of_research(quarter),
        setting.research_coverage(quarter),
    )
