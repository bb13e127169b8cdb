"""What firms of the province buy of each other: orders by pair of cells, and what is delivered on them.

Firms spend their purchases on the industries as the national input-output table says (`inputs`). Of what they
buy of the nine, a share is ordered from firms at home: the more, the more of it is made within reach. Orders
of a quarter follow from the purchases of the last one; what suppliers cannot deliver is bought elsewhere, as
are all other purchases.

Source of the form: input-output analysis with regional purchase coefficients, Miller and Blair (2009),
chapter 3; gravity of supply, Bernard, Moxnes and Saito (2019), Journal of Political Economy 127.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.firms.totals import BOUGHT, SALES, SUPPLIED
from agents.numbers.elementary import exp_, pow_, yuan

LARGEST_PART = 0.5  # of the sales of a cell that may be ordered at home: who makes parts has other customers


@kept
class SupplyParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/supply.yaml."""

    local_share: float
    completeness_elasticity: float
    supply_decay: float
    most_local: float
    purchases_per_yuan: float
    link_loss: float
    anchor_sales: float
    link_volume: float
    search_rate: float
    offer_tolerance: float
    link_cost: float
    search_response: float
    supplier_productivity_gain: float
    supplier_customer_gain: float
    supplier_gain_spread: float


class SupplyLinks:
    """Orders and trade between the firms of the province, by cell; pairs are [supplier, buyer].

    inputs: share of the purchases of each industry (row) that it spends on each (column).
    of_industries: the same on all of them together.
    reach: what a yuan of supply in one place counts in another.
    purchases, sales: of firms in the last quarter [yuan/quarter].
    completeness: of the supply of each industry within reach of each place, 0 to 1 [industry, place].
    share: of a buyer's purchases that it orders from a supplier's cell, without programmes and names.
    usual: the same of all suppliers together. support: purchases that programmes have turned to suppliers at
    home [yuan/year] by cell of buyers. wanted: purchases that orders follow [yuan].
    orders: of the quarter [yuan]. traded: what was delivered on them and paid [yuan].
    demand: yuan/quarter per unit of attraction; at_home: the part of it that firms at home order.
    """

    def __init__(
        self, parameters: SupplyParameters, inputs: np.ndarray, distances: np.ndarray, cells: int
    ) -> None:
        self.parameters = parameters
        self.inputs = np.ascontiguousarray(inputs, np.float64)
        self.of_industries = np.array([sum(row) for row in self.inputs.tolist()])
        decay = parameters.supply_decay
        self.reach = np.array([[exp_(-float(d) / decay) for d in row] for row in distances])
        self.purchases, self.sales, self.sold, self.bought = np.zeros((4, cells), np.int64)
        self.support, self.demand, self.at_home, self.usual, self.wanted = np.zeros((5, cells))
        self.completeness = np.zeros((len(self.inputs), len(self.reach)))
        self.share, self.orders = np.zeros((2, cells, cells))
        self.traded = np.zeros((cells, cells), np.int64)

    @property
    def bought_per_sale(self) -> np.ndarray:
        """Purchases over sales of each cell in the last quarter."""
        ratio: np.ndarray = self.purchases / np.maximum(self.sales, 1)
        return ratio

    def look_around(self) -> None:
        """How much is made within reach of every place, and from where it is ordered, by last quarter."""
        books, supply = (self.purchases, self.sales), (self.completeness, self.share, self.usual)
        find_suppliers(self.inputs, self.reach, books, self.parameters, supply)

    def place_orders(self, attraction: np.ndarray) -> None:
        """Orders of the quarter, shared among the firms of a cell by attraction [sum by cell]."""
        books = (self.purchases, self.support, self.usual, self.sales)
        orders = (self.wanted, self.orders, self.at_home)
        order(self.of_industries, books, self.share, attraction, self.parameters, orders)

    def mean_orders(self, attraction: np.ndarray, mean: np.ndarray) -> None:
        """Writes orders at home per unit of attraction, mean over the cells of each industry, to `mean`."""
        average(self.at_home, attraction, mean)

    def deliver(self, cells: np.ndarray) -> None:
        """What was delivered on orders, and what firms bought and sold; cells: totals of the quarter."""
        deliver(self.orders, cells, self.traded, self.sold, self.bought)
        self.purchases[:], self.sales[:] = cells[:, BOUGHT], cells[:, SALES]


@rule
def completeness_of(supply, need):
    """How much of an input is made within reach, 0 to 1; one half where supply is as large as the need.

    supply: sales of its makers, each by its reach. need: of the whole province [yuan/quarter].
    """
    return supply / (supply + need) if supply > 0.0 else 0.0


@rule
def share_at_home(completeness, p):
    """Share of what is bought of an industry that is ordered from firms at home."""
    if completeness <= 0.0:
        return 0.0
    return p.local_share * pow_(completeness, p.completeness_elasticity)


@stage
def find_suppliers(inputs, reach, books, p, supply):
    """Writes how complete supply is [industry, place], where each cell orders and how much [share].

    books: purchases and sales of each cell [yuan/quarter]. supply: `completeness`, `share` and `usual`.
    """
    purchases, sales = books
    completeness, share, usual = supply
    industries, places = len(inputs), len(reach)
    for k in range(industries):
        need = 0.0
        for j in range(industries):
            for place in range(places):
                need += inputs[j, k] * float(purchases[j * places + place])
        for place in range(places):
            supply = 0.0
            for other in range(places):
                supply += reach[place, other] * float(sales[k * places + other])
            completeness[k, place] = completeness_of(supply, need)
            at_home = share_at_home(completeness[k, place], p)
            for other in range(places):
                made = reach[place, other] * float(sales[k * places + other])
                part = at_home * made / supply if supply > 0.0 else 0.0
                for j in range(industries):
                    share[k * places + other, j * places + place] = inputs[j, k] * part
    for a in range(len(usual)):
        usual[a] = 0.0
        for b in range(len(usual)):
            usual[a] += share[b, a]


@rule
def lift_of(support, purchases, at_home, most):
    """Orders at home with programmes over those without.

    support: purchases that programmes turned [yuan/quarter]. at_home, most: share of purchases ordered at
    home without them, and the most it can become: the nearer to it, the less a further yuan turns.
    """
    room = most - at_home
    if support <= 0.0 or purchases <= 0.0 or at_home <= 0.0 or room <= 0.0:
        return 1.0
    return 1.0 + room * (1.0 - exp_(-support / (purchases * room))) / at_home


@stage
def turn(nine, purchases, support, usual, p, wanted):
    """Writes the purchases that orders follow [yuan] by cell of buyers: the last, as programmes turn them.

    purchases: of last quarter [yuan]. support: those turned by programmes [yuan/year]. usual: share at home.
    """
    places = len(purchases) // len(nine)
    for a in range(len(purchases)):
        bought = float(purchases[a])
        wanted[a] = bought * lift_of(0.25 * support[a], bought, usual[a], p.most_local * nine[a // places])


@stage
def order(nine, books, share, attraction, p, written):
    """Writes the orders of the quarter [supplier, buyer], and those at home per unit of attraction by cell.

    books: purchases, support and usual share as in `turn`, sales of last quarter by cell [yuan].
    written: what `turn` writes, and these two.
    """
    purchases, support, usual, sales = books
    wanted, orders, at_home = written
    turn(nine, purchases, support, usual, p, wanted)
    for b in range(len(share)):
        total, of_cell, row = 0.0, share[b], orders[b]
        for a in range(len(wanted)):
            row[a] = wanted[a] * of_cell[a]
        for a in range(len(wanted)):
            total += row[a]
        taken = taken_of(total, LARGEST_PART * float(sales[b]), attraction[b])
        at_home[b] = taken * total / attraction[b] if taken > 0.0 else 0.0
        for a in range(len(wanted)):
            row[a] *= taken


@stage
def average(values, weights, mean):
    """Writes the weighted mean of the cells of each industry, 0 where nothing weighs."""
    places = len(values) // len(mean)
    for k in range(len(mean)):
        total, weight = 0.0, 0.0
        for a in range(k * places, (k + 1) * places):
            total += values[a] * weights[a]
            weight += weights[a]
        mean[k] = total / weight if weight > 0.0 else 0.0


@rule
def taken_of(ordered, most, attraction):
    """Share of the orders to a cell that it can take: none where no firm is, else as far as `most` goes."""
    if attraction <= 0.0 or ordered <= 0.0:
        return 0.0
    return min(1.0, most / ordered)


@stage
def deliver(orders, cells, traded, sold, bought):
    """Divides what each cell supplied [yuan] among its buyers by their orders, to the yuan.

    No buyer takes more than it bought in all: what it no longer needs is sold elsewhere.
    """
    for a in range(len(orders)):
        bought[a] = 0
    for b in range(len(orders)):
        of_cell = traded[b]
        divide(orders[b], cells[b, SUPPLIED], of_cell)
        for a in range(len(of_cell)):
            bought[a] += of_cell[a]
    for a in range(len(orders)):
        total = bought[a]
        bought[a] = min(total, cells[a, BOUGHT])
        if bought[a] < total:
            cut_purchases(traded, a, total, bought[a])
    for b in range(len(orders)):
        sold[b] = 0
        for a in range(len(orders)):
            sold[b] += traded[b, a]


@stage
def divide(weights, total, parts):
    """Parts of `total` [yuan] by weight: differences of rounded running sums, which add up exactly."""
    whole, running, done = 0.0, 0.0, 0
    for n in range(len(weights)):
        parts[n] = 0
    if total == 0:
        return
    for n in range(len(weights)):
        whole += weights[n]
    for n in range(len(weights)):
        running += weights[n]
        upto = yuan(float(total) * (running / whole)) if whole > 0.0 else 0
        parts[n] = upto - done
        done = upto


@stage
def cut_purchases(traded, a, total, most):
    """Purchases of a cell of buyers cut from `total` to `most` [yuan], all by the same share."""
    running, done = 0, 0
    for b in range(len(traded)):
        running += traded[b, a]
        upto = yuan(float(most) * (float(running) / float(total)))
        traded[b, a] = upto - done
        done = upto


@stage
def attraction_by_cell(firms, starts, stops, by_cell):
    """Adds the attraction of every firm to that of its cell."""
    places = len(by_cell) // len(starts)
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            by_cell[k * places + firms.prefecture[i]] += firms.attraction[i]
