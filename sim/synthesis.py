"""The technology firms of end-2015, synthesised from a region's marginals; one seed gives the same firms.

Sizes, places and counts follow the marginals; luck decides which firm of a size and place is old, certified
or productive. Traits are drawn in strata: the firms of an industry, by falling sales, in blocks of 20, each
with one firm from every twentieth of a trait's distribution, so that totals hardly differ between seeds.
"""

from collections.abc import Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from agents.compiled import stage
from scenarios.marginals import Marginals
from scenarios.region import Region
from scenarios.tables import YI
from sim.draws import Draws, Purpose
from sim.emerging_share import emerging_shares
from sim.firm_table import firm_table
from sim.size_distribution import Slots, size_slots
from sim.strata import blocks, exponentials, logs, normals, place_within, stratified

PRIVATE, STATE, FOREIGN = 0, 1, 2
VALIDITY = 12  # quarters a certificate holds
YOUNGEST_CERTIFIED = 4  # quarters: a firm must be registered for a year
PREFECTURE_BITS = INDUSTRY_BITS = 4
ORDINAL_BITS = 18
START_QUARTER = 0  # entry quarter code of the start population
REFERENCE_SALES = 5e7  # yuan: from where size counts in logs
HALVINGS = 40

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
Firms = dict[str, NDArray]


def synthesise(
    region: Region, parameters: Mapping[str, Mapping[str, float]], draws: Draws, scale: float = 1.0
) -> Firms:
    """The start population, one entry per firm, sorted by industry and within it by falling sales.

    `parameters["synthesis"]`, if given, replaces constants of the region's marginals, such as `firms`.
    Columns: id (uint32), prefecture, industry, size_class, sales_annual [whole yuan], age_quarters,
    certified, certificate_expiry_quarter (the first in which it no longer holds, 0 = 2016Q1; 0 without one),
    ownership (0 private, 1 state, 2 foreign), emerging_share, does_research, research_propensity_log and
    patent_propensity_log (their exponentials have mean 1), log_productivity and log_quality (mean 0),
    markup, cash_ratio (deposits over annual sales), ip_test (uniform in (0, 1)).
    """
    marginals = region.marginals.with_constants(**parameters.get("synthesis", {}))
    numbers = marginals.constants
    table = firm_table(marginals, scale)
    total_sales = numbers["value_added"] * YI / numbers["value_added_per_sales"] * scale
    slots = by_industry_and_size(size_slots(table.sum(axis=(3, 4)), marginals, total_sales))
    firms: Firms = {"id": member_ids(slots), **slots._asdict()}
    firms["sales_annual"] = firms.pop("sales")
    firms["size_class"] = firms.pop("size")
    luck = partial(draws.uniforms, members=firms["id"].astype(np.int64), quarter=0)
    firms |= ages_and_certificates(table, firms, marginals, luck)
    firms |= traits(firms, marginals, luck)
    return firms


def by_industry_and_size(slots: Slots) -> Slots:
    """The slots sorted by industry, within it by falling sales, and then by prefecture."""
    order = np.lexsort((slots.prefecture, -slots.sales, slots.industry))
    return Slots(slots.industry[order], slots.size[order], slots.prefecture[order], slots.sales[order])


def member_id(entry: int, prefecture: int, industry: int, ordinal: int) -> int:
    """A firm's id for luck: entry quarter code, prefecture, industry and ordinal packed into 32 bits."""
    packed = (entry << PREFECTURE_BITS) | prefecture
    packed = (packed << INDUSTRY_BITS) | industry
    return (packed << ORDINAL_BITS) | ordinal


def member_ids(slots: Slots) -> NDArray[np.uint32]:
    """Ids of the start population: the ordinal is the rank by sales within prefecture and industry.

    Raises:
        ValueError: a cell has more firms than the id has room for.
    """
    cell = slots.prefecture * (int(slots.industry.max()) + 1) + slots.industry
    ordinal = place_within(cell)
    if int(ordinal.max()) >= 1 << ORDINAL_BITS:
        raise ValueError(f"over {1 << ORDINAL_BITS:,} firms in one prefecture and industry: lower the scale")
    packed = member_id(START_QUARTER, slots.prefecture, slots.industry, ordinal)  # type: ignore[arg-type]
    return np.asarray(packed).astype(np.uint32)


def ages_and_certificates(table: Counts, firms: Firms, marginals: Marginals, luck: partial) -> Firms:
    """Age and certificate of each firm, handed out by luck among the firms of its cell of the table."""
    places = (firms["industry"], firms["size_class"], firms["prefecture"])
    cell = np.ravel_multi_index(places, table.shape[:3])
    order = np.lexsort((luck(Purpose.SYNTHESIS_0), cell))
    kinds = np.repeat(np.arange(table.size), table.ravel())
    age_class, certified = (np.empty(kinds.size, np.int64) for _ in range(2))
    age_class[order], certified[order] = np.unravel_index(kinds, table.shape)[3:]
    age = ages(age_class, certified == 1, marginals, luck(Purpose.SYNTHESIS_1))
    expiry = certificate_expiries(certified == 1, age, luck(Purpose.SYNTHESIS_2))
    return {"age_quarters": age, "certified": certified == 1, "certificate_expiry_quarter": expiry}


def ages(age_class: Counts, certified: NDArray[np.bool_], marginals: Marginals, uniform: Array) -> Counts:
    """Quarters since foundation: even within a class, exponential beyond the last bound."""
    low = marginals.age_lower_bound[age_class]
    low = np.where(certified, np.maximum(low, YOUNGEST_CERTIFIED), low)
    high = np.append(marginals.age_lower_bound[1:], 0.0)[age_class]
    even = np.floor(low + uniform * (high - low))
    numbers = marginals.constants
    tail = np.floor(low - numbers["oldest_age_mean"] * logs(1.0 - uniform))
    tail = np.minimum(tail, numbers["oldest_age"])
    return np.where(age_class == marginals.age_lower_bound.size - 1, tail, even).astype(np.int64)


def certificate_expiries(certified: NDArray[np.bool_], age: Counts, uniform: Array) -> Counts:
    """First quarter in which a certificate no longer holds, evenly over the next twelve; 0 without one.

    None was granted before the firm had been registered for a year.
    """
    holders = np.flatnonzero(certified)
    rank = np.empty(holders.size, np.int64)
    rank[np.argsort(uniform[holders], kind="stable")] = np.arange(holders.size)
    expiry = np.zeros(certified.size, np.int64)
    expiry[holders] = 1 + rank * VALIDITY // max(holders.size, 1)
    earliest = VALIDITY + YOUNGEST_CERTIFIED - age
    return np.where(certified, np.maximum(expiry, np.minimum(earliest, VALIDITY)), 0)


def traits(firms: Firms, marginals: Marginals, luck: partial) -> Firms:
    """The permanent and starting traits of each firm that the fitted table does not hold."""
    numbers, sales = marginals.constants, firms["sales_annual"]
    block, jitter = blocks(firms["industry"]), luck(Purpose.SYNTHESIS_12)

    def even(purpose: Purpose) -> Array:
        return stratified(luck(purpose), jitter, block)

    size = logs(sales / REFERENCE_SALES)
    return {
        "emerging_share": emerging_shares(sales, firms["industry"], luck(Purpose.SYNTHESIS_3), numbers),
        "does_research": does_research(firms["certified"], size, numbers, even(Purpose.SYNTHESIS_4)),
        "research_propensity_log": propensity(research_spread(sales, numbers), even(Purpose.SYNTHESIS_5)),
        "patent_propensity_log": propensity(numbers["patent_propensity_sd"], even(Purpose.SYNTHESIS_6)),
        "log_productivity": productivity(size, numbers, even(Purpose.SYNTHESIS_7)),
        "log_quality": numbers["quality_sd"] * normals(even(Purpose.SYNTHESIS_8)),
        "markup": markups(numbers, even(Purpose.SYNTHESIS_9)),
        "cash_ratio": lognormal(numbers["cash_ratio"], numbers["cash_ratio_sd"], even(Purpose.SYNTHESIS_10)),
        "ip_test": luck(Purpose.SYNTHESIS_11),
        "ownership": ownership(firms["size_class"], marginals, luck(Purpose.SYNTHESIS_13)),
    }


def lognormal(median: float, sd: float, uniform: Array) -> Array:
    """Values whose logs are normal."""
    return median * exponentials(sd * normals(uniform))


def markups(numbers: Mapping[str, float], uniform: Array) -> Array:
    """Markups over unit cost, without the tails."""
    drawn = lognormal(numbers["markup"], numbers["markup_sd"], uniform)
    return np.clip(drawn, numbers["markup_lowest"], numbers["markup_highest"])


def propensity(sd: Array | float, uniform: Array) -> Array:
    """Logs of a permanent propensity whose mean is 1."""
    return sd * normals(uniform) - 0.5 * np.square(sd)


def research_spread(sales: Array, numbers: Mapping[str, float]) -> Array:
    """Standard deviation of the log propensity to do research: half for the largest firms of the province."""
    spread = np.full(sales.size, numbers["research_propensity_sd"])
    spread[np.argsort(-sales, kind="stable")[: int(numbers["largest_placed"])]] *= 0.5
    return spread


def productivity(size: Array, numbers: Mapping[str, float], uniform: Array) -> Array:
    """Log productivity around the mean of all firms, somewhat higher in large ones."""
    centred = size - _mean(size)
    return numbers["productivity_sd"] * normals(uniform) + numbers["productivity_size_slope"] * centred


def does_research(
    certified: NDArray[np.bool_], size: Array, numbers: Mapping[str, float], uniform: Array
) -> NDArray[np.bool_]:
    """Whether a firm does research: every certified one does, of the others the more the larger they are.

    `size` is the log of sales over 50 million yuan; the share of all firms is the stated one.
    """
    low, high = numbers["research_share_lowest"], numbers["research_share_highest"]
    slope = numbers["research_size_slope"]
    middle = _research_level(certified, size, slope, numbers["research_share"], low, high)
    return certified | (uniform < np.clip(middle + slope * size, low, high))


def ownership(size_class: Counts, marginals: Marginals, uniform: Array) -> Counts:
    """0 private, 1 state, 2 foreign, by the shares of the size class."""
    state = marginals.state_owned_share[size_class]
    foreign = marginals.foreign_owned_share[size_class]
    return np.where(uniform < state, STATE, np.where(uniform < state + foreign, FOREIGN, PRIVATE))


@stage
def _mean(values):
    total = 0.0
    for i in range(len(values)):
        total += values[i]
    return total / len(values)


@stage
def _research_level(certified, size, slope, share, low, high):
    """The probability of research at the reference size with which `share` of all firms do it."""
    bottom, top = -2.0, 2.0
    for _ in range(HALVINGS):
        middle = 0.5 * (bottom + top)
        expected = 0.0
        for i in range(len(size)):
            chance = min(max(middle + slope * size[i], low), high)
            expected += 1.0 if certified[i] else chance
        if expected < share * len(size):
            bottom = middle
        else:
            top = middle
    return 0.5 * (bottom + top)
