"""What every firm of an industry meets alike in a quarter: prices, rates, the market, the tax rules."""

from functools import cache, cached_property
from itertools import chain
from struct import Struct
from typing import NamedTuple

import numba
import numpy as np

from agents.engine.records import Image, Kept, Listed, image_of, kept
from agents.engine.rules import rule

BLOCK = 1024  # rows worked on together: their columns stay in the processor's cache between passes


@rule
def years_since_2016(quarter):
    """Years from the first quarter of 2016, none before it."""
    return 0.25 * max(quarter, 0)


class Conditions(NamedTuple):
    """Circumstances of one industry in one quarter, the same for all its firms."""

    quarter: int  # 0 = 2016Q1
    first_cell: int  # of the industry; its cells follow in the order of the prefectures
    active: float  # 1, or 0 while the economy warms up: no jumps, no exit
    wage: float  # yuan/worker/quarter
    material_price: float  # 2015Q4 = 1
    log_outside_price: float
    log_normal_capital_output: float
    log_median_sales: float  # of the firms of the industry, yuan/year
    demand_per_attraction: float  # yuan/quarter per unit of attraction, orders at home in their mean
    frontier: float  # log productivity of the best practice
    usual_productivity: float  # log productivity at which materials per unit are the usual ones
    super_deduction: float  # share of research deducted on top
    standard_tax: float  # share of profit
    certified_tax: float
    value_added_tax: float  # effective share of sales less purchases
    surcharge: float  # share of value-added tax
    log_reference_user_cost: float
    log_research_size: float  # log of 100 million yuan
    log_patent_research: float  # log of one million yuan
    log_patent_knowledge: float  # log of two million yuan
    patent_applications: float  # level over that of 2020 at the same research; 1 to 2020
    high_value_shift: float  # of the share of grants of high value since 2020
    maturing: float  # share of the inventions not of high value that turns ten in the quarter
    high_value_factor: float = 1.0  # of the share of grants of high value, by how they were filed


_WORDS = "".join("q" if kind is int else "d" for kind in Conditions.__annotations__.values())
_LISTED = Listed(numba.typeof(Conditions._make(0 if word == "q" else 0.0 for word in _WORDS)))


@cache
def _words(industries: int) -> Struct:
    """How the conditions of so many industries lie in memory, after their number."""
    return Struct("q" + _WORDS * industries)


class ByIndustry(tuple[Conditions, ...], Kept):
    """The conditions of the industries in their order, of which compiled stages unpack one at a time."""

    @cached_property
    def image(self) -> Image:
        """How many there are, and their numbers one after the other."""
        return image_of(_LISTED, _words(len(self)).pack(len(self), *chain.from_iterable(self)))

    def __reduce__(self) -> tuple:
        return ByIndustry, (tuple(self),)


class LocalLabour(NamedTuple):
    """What the employers of a cell meet alike; all 1 where nothing is scarce."""

    wage: np.ndarray  # labour cost over the country's
    hiring: np.ndarray  # share of the wanted additional workers that firms with research find
    talent: np.ndarray  # what a yuan of research yields over what it would with the talent of the start
    skill: np.ndarray  # what a worker of a firm with research makes over one among skilled colleagues alone


def like_everywhere(cells: int) -> LocalLabour:
    """Cells that differ in nothing."""
    return LocalLabour(*(np.ones(cells) for _ in LocalLabour._fields))


class Local(NamedTuple):
    """What the firms of a cell meet alike, by cell: labour, the knowledge of others, land and demand."""

    wage: np.ndarray  # these four as in `LocalLabour`
    hiring: np.ndarray
    talent: np.ndarray
    skill: np.ndarray
    pool: np.ndarray  # knowledge within reach, yuan at 2016Q1 prices
    pool_before: np.ndarray  # a quarter ago
    room: np.ndarray  # share of the wanted expansions that find land
    demand: np.ndarray  # yuan/quarter per unit of attraction: of the national market and of firms at home
    at_home: np.ndarray  # the part of it that firms at home order
    approval: np.ndarray  # quarters by which ordered capital comes sooner than usual
    relief: np.ndarray  # share of the cost of compliance that firms are spared


@kept
class Luck(NamedTuple):
    """One uniform number in (0, 1) per firm and purpose, keyed by the firm's own id."""

    customer_jump: np.ndarray
    innovation: np.ndarray
    patents: np.ndarray
    patent_lapse: np.ndarray
    start_research: np.ndarray
    liquidation: np.ndarray
    exit: np.ndarray
    patent_value: np.ndarray
