"""The technology firms of end-2015, synthesised from a region's marginals; one seed gives the same firms.

Sizes, places and counts follow the marginals; luck decides which firm of a size and place is old, certified
or productive. Traits are drawn in strata: the firms of an industry, by falling sales, in blocks of 20, each
with one firm from every twentieth of a trait's distribution, so that totals hardly differ between seeds.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.engine.rules import stage
from scenarios.region.marginals import Marginals
from scenarios.region.region import Region
from scenarios.worlds.calendar import FIRST_QUARTER
from sim.luck.draws import WORDS, Draws, Purpose
from sim.start.emerging import emerging_shares
from sim.start.luck import StartPurpose
from sim.start.places import Places, start_places
from sim.start.strata import exponentials, logs, normals, order_by_luck, stratified

PRIVATE, STATE, FOREIGN = 0, 1, 2
VALIDITY = 12  # quarters a certificate holds
NO_CERTIFICATE = FIRST_QUARTER  # has lapsed when the warm-up begins: a zero would hold throughout it
YOUNGEST_CERTIFIED = 4  # quarters: a firm must be registered for a year
HALVINGS = 40

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
Firms = dict[str, NDArray]
Luck = Callable[[Purpose], Array]  # one uniform in (0, 1) per firm


def synthesise(
    region: Region,
    parameters: Mapping[str, Mapping[str, float]],
    draws: Draws,
    scale: float = 1.0,
    unknown: Draws | None = None,
) -> Firms:
    """The start population, one entry per firm, sorted by industry and within it by falling sales.

    `parameters["synthesis"]`, if given, replaces constants of the region's marginals, such as `firms`;
    `parameters["firms"]` says how traits are spread, among these firms as among those founded later.
    unknown: the luck of what nobody has published, the split over industries; `draws` unless given.
    Columns: id, prefecture, industry, size_class, sales_annual [whole yuan], age_quarters,
    certified, certificate_expiry_quarter (the first without it, 0 = 2016Q1; NO_CERTIFICATE without one),
    ownership (0 private, 1 state, 2 foreign), emerging_share, does_research, research_propensity_log and
    patent_propensity_log (their exponentials have mean 1), log_productivity and log_quality (mean 0),
    markup, cash_ratio (deposits over annual sales), ip_test, leverage_luck and shock_luck (uniform in
    (0, 1)).
    """
    marginals = region.marginals.with_constants(**parameters.get("synthesis", {}))
    places = start_places(marginals, scale)
    luck = luck_of(draws, places.id)
    firms: Firms = {
        "id": places.id.copy(),
        "prefecture": places.prefecture.copy(),
        "industry": places.industry.copy(),
        "size_class": places.size_class.copy(),
        "sales_annual": places.sales.copy(),
    }
    firms |= ages_and_certificates(places, marginals, luck)
    industries = np.arange(region.industry_split.shares.size)
    split = region.industry_split.draw(
        (unknown or draws).uniforms(StartPurpose.EMERGING_SPLIT, industries, 0).tolist()
    )
    firms |= traits(places, firms["certified"], Traits(marginals, parameters["firms"]), split, luck)
    return firms


def luck_of(draws: Draws, members: Counts) -> Luck:
    """The members' uniforms by purpose; the four of a group are drawn together."""

    @cache
    def group(number: int) -> Array:
        draws.fill(number, 0, members, drawn := np.empty((WORDS, members.size)), 0, members.size)
        return drawn

    return lambda purpose: group(purpose.group)[purpose.word]


def ages_and_certificates(places: Places, marginals: Marginals, luck: Luck) -> Firms:
    """Age and certificate of each firm, handed out by luck among the firms of its cell of the table."""
    order = order_by_luck(luck(StartPurpose.KIND), places.cell)
    kinds = np.repeat(np.arange(places.table.size), places.table.ravel())
    age_class, certified = (np.empty(kinds.size, np.int64) for _ in range(2))
    age_class[order], certified[order] = np.unravel_index(kinds, places.table.shape)[3:]
    age = ages(age_class, certified == 1, marginals, luck(StartPurpose.AGE))
    expiry = certificate_expiries(certified == 1, age, luck(StartPurpose.CERTIFICATE))
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
    """First quarter in which a certificate no longer holds, evenly over the next twelve, or NO_CERTIFICATE.

    None was granted before the firm had been registered for a year.
    """
    holders = np.flatnonzero(certified)
    rank = np.empty(holders.size, np.int64)
    rank[np.argsort(uniform[holders], kind="stable")] = np.arange(holders.size)
    expiry = np.zeros(certified.size, np.int64)
    expiry[holders] = 1 + rank * VALIDITY // max(holders.size, 1)
    earliest = VALIDITY + YOUNGEST_CERTIFIED - age
    return np.where(certified, np.maximum(expiry, np.minimum(earliest, VALIDITY)), NO_CERTIFICATE)


class Traits(NamedTuple):
    """What traits are drawn from: the region's marginals, and the parameters of firms."""

    marginals: Marginals
    behaviour: Mapping[str, float]


def traits(
    places: Places, certified: NDArray[np.bool_], drawn_from: Traits, split: Array, luck: Luck
) -> Firms:
    """The permanent and starting traits of each firm that the fitted table does not hold.

    `split`: each industry's part of emerging value added in this run.
    """
    marginals, p = drawn_from
    numbers, sales, size = marginals.constants, places.sales, places.size
    jitter, dealt = luck(StartPurpose.STRATUM), luck(StartPurpose.EMERGING_SHARE)

    def even(purpose: Purpose) -> Array:
        return stratified(luck(purpose), jitter, places.starts)

    return {
        "emerging_share": emerging_shares(
            sales, places.industry, places.starts, dealt, {**numbers, **p}, split
        ),
        "does_research": does_research(certified, size, numbers, even(StartPurpose.DOES_RESEARCH)),
        "research_propensity_log": propensity(
            research_spread(sales, p["research_propensity_spread"], numbers["largest_placed"]),
            even(StartPurpose.RESEARCH_PROPENSITY),
        ),
        "patent_propensity_log": propensity(
            p["patent_propensity_spread"], even(StartPurpose.PATENT_PROPENSITY)
        ),
        "log_productivity": productivity(
            size, p["productivity_spread"], numbers, even(StartPurpose.PRODUCTIVITY)
        ),
        "log_quality": p["quality_spread"] * normals(even(StartPurpose.QUALITY)),
        "markup": markups(p, even(StartPurpose.MARKUP)),
        "cash_ratio": lognormal(numbers["cash_ratio"], numbers["cash_ratio_sd"], even(StartPurpose.CASH)),
        "ip_test": luck(StartPurpose.INTELLECTUAL_PROPERTY),
        "leverage_luck": even(StartPurpose.LEVERAGE),
        "shock_luck": even(StartPurpose.SHOCK),
        "ownership": ownership(places.size_class, marginals, luck(StartPurpose.OWNERSHIP)),
    }


def lognormal(median: float, sd: float, uniform: Array) -> Array:
    """Values whose logs are normal."""
    return median * exponentials(sd * normals(uniform))


def markups(p: Mapping[str, float], uniform: Array) -> Array:
    """Markups over unit cost, without the tails; `markup_mean` in the mean."""
    spread = p["markup_spread"]
    drawn = p["markup_mean"] * exponentials(spread * normals(uniform) - 0.5 * spread * spread)
    return np.clip(drawn, p["markup_lowest"], p["markup_highest"])


def propensity(sd: Array | float, uniform: Array) -> Array:
    """Logs of a permanent propensity whose mean is 1."""
    return sd * normals(uniform) - 0.5 * np.square(sd)


def research_spread(sales: Array, usual: float, largest: float) -> Array:
    """Standard deviation of the log propensity to do research: half for the largest firms of the province."""
    spread = np.full(sales.size, usual)
    spread[np.argsort(-sales, kind="stable")[: int(largest)]] *= 0.5
    return spread


def productivity(size: Array, spread: float, numbers: Mapping[str, float], uniform: Array) -> Array:
    """Log productivity around the mean of all firms, somewhat higher in large ones."""
    centred = size - _mean(size)
    return spread * normals(uniform) + numbers["productivity_size_slope"] * centred


def does_research(
    certified: NDArray[np.bool_], size: Array, numbers: Mapping[str, float], uniform: Array
) -> NDArray[np.bool_]:
    """Whether a firm does research: every certified one does, of the others the more the larger they are.

    `size` is the log of sales over 50 million yuan; the share of all firms is the stated one.

    Raises:
        ValueError: more firms are certified than do research.
    """
    beside = numbers["research_share"] - certified.mean()  # of all firms, without a certificate
    if beside < 0.0:
        raise ValueError(
            "the marginals have more certified firms than firms with research: raise `research_share`"
        )

    low, high = numbers["research_share_lowest"], numbers["research_share_highest"]
    low = min(low, beside / max(1.0 - certified.mean(), beside, 1e-9))  # the stated share comes first
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
