"""Years and quarters of a world: what runs can reach, what is known, and where the plan ends."""

FIRST_QUARTER, LAST_QUARTER = -8, 59  # 2014Q1, where the warm-up begins, and 2030Q4; 0 is 2016Q1
FIRST_YEAR, LAST_YEAR = 2016, 2030
LAST_KNOWN_YEAR = 2020  # what follows is drawn where a world does not state it
PLAN_ENDS = 2025  # what follows is an outlook: every path goes on as its fan does from 2021 on
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
QUARTERS = range(FIRST_QUARTER, LAST_QUARTER + 1)


def quarter_of(text: str) -> int:
    """The index of a quarter written as 2016Q1, which is 0."""
    year, quarter = text.split("Q")
    return first_quarter(int(year)) + int(quarter) - 1


def first_quarter(year: int) -> int:
    """The index of the first quarter of a year."""
    return 4 * (year - FIRST_YEAR)


def year_of(quarter: int) -> int:
    """The year in which a quarter lies."""
    return FIRST_YEAR + quarter // 4
