"""What of a world is drawn for each run: names of uniforms, in an order that later years cannot move."""

from collections.abc import Iterable, Sequence

from scenarios.worlds.calendar import LAST_KNOWN_YEAR, PLAN_ENDS, YEARS

OF_A_RUN = ("market_common", "gdp", "gdp_deflator", "population", "wage", "price", "transfers")
OF_THE_COUNTRY = (
    "patent_applications",
    "high_value_share",
    "recognition",
    "statistical_coverage",
    "coverage_of_research",
    "institutions_money",
    "entry",
    "research_coverage",
)
SLUMP = ("slump", "slump_begins", "slump_depth", "slump_length")
OUTLOOK = "_outlook"
"""What the names of the slump of the years after the plan end in."""
DISCREPANCIES = ("emerging", "research", "certified", "patents", "digital")
"""What a level target hangs on, and the model may miss after 2020."""
OF_A_YEAR = (
    "price_year",
    "material_year",
    "deduction_rise",
    "deduction_lapse",
    *(f"discrepancy_{name}" for name in DISCREPANCIES),
)
DRAWN_YEARS = tuple(year for year in YEARS if year > LAST_KNOWN_YEAR)


def fan_of(industries: Sequence[str]) -> tuple[str, ...]:
    """The names of the uniforms that a run's path is drawn with, in a fixed order.

    What the years after the plan take stands behind all others, so that a run to 2025 has the luck that it
    has whatever follows. A world that states a year leaves its uniform unused: worlds share their luck.
    """
    to_2025 = [year for year in DRAWN_YEARS if year <= PLAN_ENDS]
    after = [year for year in DRAWN_YEARS if year > PLAN_ENDS]
    once = (*OF_A_RUN, *(f"market_{name}" for name in industries), *_by_year(["market_year"], to_2025))
    plan = (*once, *OF_THE_COUNTRY, *SLUMP, *_by_year(OF_A_YEAR, to_2025))
    outlook = (*(f"{name}{OUTLOOK}" for name in SLUMP), *_by_year(["market_year", *OF_A_YEAR], after))
    return (*plan, *outlook)


def _by_year(names: Iterable[str], years: Iterable[int]) -> tuple[str, ...]:
    years = tuple(years)
    return tuple(f"{name}_{year}" for name in names for year in years)
