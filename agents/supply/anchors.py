"""Anchor firms: the largest, which buy of some suppliers at home by name; how they find and lose them.

A table of the part, by the anchor's id; places on its list are free or taken by a firm. What an anchor orders
by name follows its own sales, so that suppliers grow, shrink and lose their orders with it.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.population import Population
from agents.engine.rules import rule, stage
from agents.numbers.distributions import spread_normal
from agents.numbers.elementary import exp_, log_
from agents.numbers.search import place_among
from agents.supply.links import SupplyParameters

BUYS, SUPPLIED = 1, 2  # of `in_chains`: buys by name, has supplied by name
PLACES_ON_LIST = 5
FREE = -1
KEPT_BELOW = 0.5  # of the threshold, below which an anchor is one no more
LEAST_ORDER = 1.0  # yuan/quarter: by it suppliers are known among firms
LARGEST_ORDER = 0.5  # of a supplier's sales, the most that one anchor orders
YEARS_OF_GAINS = 4  # in which a new supplier learns


class Offers(NamedTuple):
    """Whom large firms can meet.

    rows: of the firms that are not too dear, by cell and rising luck. first: where each cell begins in
    `rows`, and at last where all end. As `rows`: ids, most: the largest order that one anchor places
    [yuan/quarter], attraction, luck: the same for whomever it meets. highest: attraction of each cell.
    share: of its purchases that a buyer's cell orders of each supplier's [supplier, buyer].
    """

    rows: np.ndarray
    first: np.ndarray
    ids: np.ndarray
    most: np.ndarray
    attraction: np.ndarray
    luck: np.ndarray
    highest: np.ndarray
    share: np.ndarray


class Looking(NamedTuple):
    """One look for each free place: number of the anchor, its cell, what it would order, luck of the cell and
    of the firm that it meets."""

    anchors: np.ndarray
    cells: np.ndarray
    volumes: np.ndarray
    luck_cell: np.ndarray
    luck_firm: np.ndarray


class Anchors:
    """The large firms that buy by name.

    ids: of the anchors, rising. suppliers: ids of firms, FREE where there is none [anchor, place].
    since: quarter of the first order. learning: whether the supplier was never one before, and learns by it.
    markets: national ones at the end of 2015 [yuan/quarter]. found, lost: links of the last year.
    supported: those found that a programme paid for.
    """

    def __init__(self, parameters: SupplyParameters) -> None:
        self.parameters = parameters
        self.markets = 0.0
        self.ids = np.zeros(0, np.int64)
        self.suppliers = np.zeros((0, PLACES_ON_LIST), np.int64)
        self.since = np.zeros((0, PLACES_ON_LIST), np.int16)
        self.learning = np.zeros((0, PLACES_ON_LIST), bool)
        self.found = self.lost = self.supported = 0

    @property
    def links(self) -> int:
        """Places on lists that are taken."""
        return int((self.suppliers != FREE).sum())

    @property
    def steady_chance(self) -> float:
        """Chance that a place is taken after a long time, if every search succeeds."""
        rate, loss = self.parameters.search_rate, self.parameters.link_loss
        return rate / (rate + loss)

    def rows(self, firms: Population) -> np.ndarray:
        """The row of each anchor, FREE where it has left."""
        return firms.rows_among(self.ids, np.flatnonzero((firms.in_chains & BUYS) != 0))

    def supplier_rows(self, firms: Population) -> np.ndarray:
        """The row of each supplier [anchor, place], FREE where there is none or it has left."""
        known = np.flatnonzero(firms.orders_by_name != 0.0)
        return firms.rows_among(self.suppliers.ravel(), known).reshape(self.suppliers.shape)

    def renew(self, firms: Population, grown: float) -> None:
        """Who has grown large enough joins with an empty list; who has shrunk or left drops out.

        grown: national markets over those of the end of 2015, with which the threshold grows.
        """
        threshold, rows = self.parameters.anchor_sales * grown, firms.rows()
        large = rows[firms.trailing_sales[rows] >= threshold]
        own = self.rows(firms)
        size = np.where(own == FREE, 0.0, firms.trailing_sales[own])
        kept = size >= KEPT_BELOW * threshold
        ids = np.union1d(firms.id[large], self.ids[kept])
        firms.in_chains[:] &= SUPPLIED
        firms.in_chains[np.concatenate([large, own[kept]])] |= BUYS
        places = np.searchsorted(ids, self.ids[kept])
        for name, nothing in (("suppliers", FREE), ("since", 0), ("learning", False)):
            before = getattr(self, name)
            after = np.full((len(ids), PLACES_ON_LIST), nothing, before.dtype)
            after[places] = before[kept]
            setattr(self, name, after)
        self.ids = ids

    def lose(self, firms: Population, luck: np.ndarray) -> np.ndarray:
        """Links end by luck [anchor, place], and with suppliers that have left; returns `supplier_rows`."""
        rows = self.supplier_rows(firms)
        ended = (self.suppliers != FREE) & ((rows == FREE) | (luck < self.parameters.link_loss))
        self.suppliers[ended] = rows[ended] = FREE
        self.lost = int(ended.sum())
        return rows

    def order(self, firms: Population, bought_per_sale: np.ndarray, orders: np.ndarray) -> None:
        """Writes what each firm is ordered by name, and adds it to `orders` by cell [supplier, buyer].

        bought_per_sale: purchases over sales by cell.
        """
        known = np.sort(self.suppliers, axis=None)  # of a supplier of several the first place is looked up
        own, rows = np.full(len(self.ids), FREE), np.full(len(known), FREE)
        arrays, span = firms.arrays(), (firms.start, firms.stop)
        lists, p = (self.suppliers, self.ids, known, own, rows), self.parameters
        order_by_name(arrays, span, lists, p, bought_per_sale, orders)

    def volumes(self, firms: Population, rows: np.ndarray, bought_per_sale: np.ndarray) -> np.ndarray:
        """What the anchors in `rows` order of one supplier [yuan/quarter], at least one yuan."""
        wanted = self.parameters.link_volume * 0.25 * firms.trailing_sales[rows] * bought_per_sale
        return np.maximum(wanted, LEAST_ORDER)

    def choose(self, offers: Offers, looking: Looking) -> np.ndarray:
        """Whom those who look take: rows, FREE where they meet nobody who can serve them."""
        found = np.full(len(looking.anchors), FREE)
        met = cells_met(offers, looking.cells, looking.luck_cell)
        take_best(offers, looking, met, self.ids, self.suppliers, found)
        return found

    def link(
        self, firms: Population, looking: np.ndarray, places: np.ndarray, rows: np.ndarray, quarter: int
    ) -> np.ndarray:
        """New suppliers take their places on the lists; returns which of `rows` did.

        Of two places of one anchor that meet the same firm the first takes it.
        """
        ids = firms.id[rows]
        known = (self.suppliers[looking] == ids[:, None]).any(axis=1)
        taken = first_of(looking * firms.capacity + rows, (rows != FREE) & ~known)
        anchors, places, rows = looking[taken], places[taken], rows[taken]
        new = (firms.in_chains[rows] & SUPPLIED) == 0
        self.suppliers[anchors, places] = ids[taken]
        self.since[anchors, places] = quarter
        self.learning[anchors, places] = first_of(rows, new)
        firms.in_chains[rows] |= SUPPLIED
        # Until orders are placed
        firms.orders_by_name[rows] = np.maximum(firms.orders_by_name[rows], LEAST_ORDER)
        return taken


def cheap_enough(firms: Population, outside: tuple, tolerance: float, least: float) -> np.ndarray:
    """Rows of firms that can carry an order of `least` [yuan/quarter] and are not too dear for their quality.

    least: above zero. outside: log price of offers from outside, their log quality by industry, and what that
    is worth in price.
    tolerance: log points by which a firm may be dearer.
    """
    price, quality, worth = outside
    rows = np.flatnonzero(0.25 * LARGEST_ORDER * firms.trailing_sales >= least)  # nobody without sales
    better = firms.log_quality[rows] - quality[firms.segment_of(rows)]
    dearer = firms.log_price[rows] - price - worth * better
    found: np.ndarray = rows[dearer <= tolerance]
    return found


def offers_of(
    firms: Population, share: np.ndarray, rows: np.ndarray, cells: np.ndarray, luck: np.ndarray
) -> Offers:
    """What the firms in `rows` offer. share: of purchases [supplier, buyer]. cells, luck: as `rows`."""
    by_luck = np.argsort(luck)
    order = by_luck[np.argsort(cells[by_luck].astype(np.int16), kind="stable")]  # sorted by digits, if short
    cells, rows, luck = cells[order], rows[order], luck[order]
    first = np.searchsorted(cells, np.arange(len(share) + 1))
    most = 0.25 * LARGEST_ORDER * firms.trailing_sales[rows]
    attraction, highest = np.maximum(firms.attraction[rows], 1e-12), np.zeros(len(share))
    np.maximum.at(highest, cells, attraction)
    return Offers(rows, first, firms.id[rows], most, attraction, luck, highest, share)


def first_of(values: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Whether each value is the first that equals it, of those that are `among` them."""
    first, places = np.zeros(len(values), bool), np.flatnonzero(among)
    first[places[np.unique(values[places], return_index=True)[1]]] = True
    return first


def cells_met(offers: Offers, cells: np.ndarray, luck: np.ndarray) -> np.ndarray:
    """In which cell buyers of these cells look, as their orders go; FREE where they order nothing at home."""
    reached = np.cumsum(offers.share[:, cells], axis=0)
    met = np.minimum((reached <= luck * reached[-1]).sum(axis=0), len(reached) - 1)
    return np.where(reached[-1] > 0.0, met, FREE)


@rule
def last_below_one(rising, added, low, high):
    """One after the last place from `low` to `high` at which rising numbers and `added` are below one."""
    while low < high:
        middle = (low + high) // 2
        if rising[middle] + added < 1.0:
            low = middle + 1
        else:
            high = middle
    return low


@stage
def take_best(offers, looking, met, ids, suppliers, found):
    """Writes the row of the supplier that each look finds: of those who can serve it one by attraction.

    The least of exponential draws of rate `attraction` is each with a chance in proportion to it, and changes
    only where two of them change places: a firm that grows a little moves nobody else's choice.
    """
    for n in range(len(found)):
        if met[n] == FREE:
            continue
        anchor, best, highest = looking.anchors[n], 0.0, offers.highest[met[n]]
        low, high = offers.first[met[n]], offers.first[met[n] + 1]
        at = last_below_one(offers.luck, looking.luck_firm[n], low, high)
        # From there on, and round the cell, luck falls: a few hundred of a cell's firms are asked, or all if
        # hardly any is large enough.
        for _ in range(low, high):
            at = at - 1 if at > low else high - 1
            luck = looking.luck_firm[n] + offers.luck[at]
            luck = max(luck - 1.0 if luck >= 1.0 else luck, 1e-12)
            # All that follow wait longer than the best, by this bound of the logarithm.
            if found[n] != FREE and 1.0 - luck > best * highest:
                break
            if offers.most[at] < looking.volumes[n]:
                continue
            if found[n] != FREE and 1.0 - luck > best * offers.attraction[at]:
                continue
            known = offers.ids[at] == ids[anchor]
            for place in range(PLACES_ON_LIST):
                known = known or suppliers[anchor, place] == offers.ids[at]
            waits = -log_(luck) / offers.attraction[at]
            sooner = waits < best or (waits == best and offers.rows[at] < found[n])
            if not known and (found[n] == FREE or sooner):
                found[n], best = offers.rows[at], waits


@stage
def find_rows(firms, span, ids, anchors, suppliers):
    """Writes the rows of anchors and of suppliers by their `ids`; forgets what was ordered by name."""
    starts, stops = span
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            if firms.in_chains[i] == 0:
                continue
            if firms.in_chains[i] & BUYS:
                place = place_among(ids[0], firms.id[i])
                if place != FREE:
                    anchors[place] = i
            if firms.orders_by_name[i] > 0.0:
                place = place_among(ids[1], firms.id[i])
                firms.orders_by_name[i] = 0.0
                if place != FREE:
                    suppliers[place] = i


@rule
def cell_of(firms, starts, places, row):
    """The cell of a row."""
    k = 0
    while k + 1 < len(starts) and starts[k + 1] <= row:
        k += 1
    return k * places + firms.prefecture[row]


@stage
def order_by_name(firms, span, lists, p, bought_per_sale, orders):
    """Orders of every anchor to each supplier on its list [yuan/quarter], to the firm and by cell.

    lists: ids of suppliers [anchor, place], ids of anchors and of suppliers in order, and for the rows of
    both as many FREE.
    """
    suppliers, ids, known, anchors, rows = lists
    find_rows(firms, span, (ids, known), anchors, rows)
    places = len(bought_per_sale) // len(span[0])
    for n in range(len(anchors)):
        buyer = anchors[n]
        if buyer == FREE:
            continue
        at = cell_of(firms, span[0], places, buyer)
        wanted = p.link_volume * 0.25 * firms.trailing_sales[buyer] * bought_per_sale[at]
        volume = max(wanted, LEAST_ORDER)
        for place in range(PLACES_ON_LIST):
            known_as = place_among(known, suppliers[n, place])
            if suppliers[n, place] != FREE and known_as != FREE and rows[known_as] != FREE:
                supplier = rows[known_as]
                firms.orders_by_name[supplier] += volume
                orders[cell_of(firms, span[0], places, supplier), at] += volume


@rule
def chance_to_look(search_rate, paid_for, response):
    """Chance a year to look for a supplier; paid_for: links that a programme could pay for, by free place.

    Source of the form: cheaper search makes more links, Bernard, Moxnes and Saito (2019).
    """
    return 1.0 - (1.0 - search_rate) * exp_(-response * paid_for)


@stage
def chances_to_look(paid_for, p, chances):
    """Writes the chance of each anchor a year to look for a supplier."""
    for n in range(len(paid_for)):
        chances[n] = chance_to_look(p.search_rate, paid_for[n], p.search_response)


@rule
def gain_of(luck, p):
    """Log points of productivity that a new supplier gains in a year of those in which it learns.

    Source: Alfaro-Urena, Manelici and Vasquez (2022), Quarterly Journal of Economics 137.
    """
    return spread_normal(p.supplier_productivity_gain, p.supplier_gain_spread, luck) / YEARS_OF_GAINS


@stage
def teach(firms, rows, luck, p):
    """Suppliers in `rows` learn for a year: productivity, and trust of other customers."""
    for n in range(len(rows)):
        firms.log_productivity[rows[n]] += gain_of(luck[n], p)
        firms.log_customer_capital[rows[n]] += p.supplier_customer_gain / YEARS_OF_GAINS
