"""What tests of firms share: parameters, circumstances and firms to change a few numbers of."""

import math

import numpy as np
import pytest

from agents.economy import new_firms
from agents.firms import FirmParameters
from agents.firms.conditions import Conditions, Local, Luck, like_everywhere
from scenarios.load import central_values, load_parameters


@pytest.fixture(scope="session")
def p():
    """The central parameters; a test replaces those its numbers depend on."""
    return FirmParameters.of(central_values(load_parameters())["firms"])


@pytest.fixture(scope="session")
def c():
    """Circumstances in 2021Q1: all prices 1, tax 25 % or 15 %, median sales of 20 million yuan."""
    return Conditions(
        quarter=20,
        first_cell=0,
        active=1.0,
        wage=20_000.0,
        material_price=1.0,
        log_outside_price=0.0,
        log_normal_capital_output=0.0,
        log_median_sales=math.log(2e7),
        demand_per_attraction=1.0,
        frontier=0.0,
        usual_productivity=0.0,
        super_deduction=1.0,
        standard_tax=0.25,
        certified_tax=0.15,
        value_added_tax=0.1,
        surcharge=0.1,
        log_reference_user_cost=math.log(0.2),
        log_research_size=math.log(1e8),
        log_patent_research=math.log(1e6),
        log_patent_knowledge=math.log(2e6),
        patent_applications=1.0,
        high_value_shift=0.0,
        maturing=0.0,
    )


@pytest.fixture(scope="session")
def alike():
    """126 cells that differ in nothing, whose firms sell nothing to each other."""
    pool = np.full(126, 1e9)
    return Local(*like_everywhere(126), pool, pool.copy(), *np.ones((2, 126)), *np.zeros((3, 126)))


@pytest.fixture(scope="session")
def make_firms():
    """Makes firms by columns, of the first industry unless told: `make_firms(2, deposits=[100, 200])`."""

    def make(count=1, industry=0, **columns):
        firms = new_firms(np.full(9, 4))
        columns = {"prefecture": 0, "trailing_sales": 1e6, "log_sales": math.log(1e6), **columns}
        firms.add(industry, np.arange(1, count + 1), **columns)
        return firms

    return make


@pytest.fixture(scope="session")
def even_luck():
    """Middle of 2,000 equal shares: means over them are means over luck, without chance."""
    return ((np.arange(2000) + 0.5) / 2000).tolist()


@pytest.fixture(scope="session")
def same_luck():
    """Every draw of every firm the same, for firms in `rows` rows."""
    return lambda rows, value=0.5: Luck(*(np.full(rows, value) for _ in Luck._fields))
