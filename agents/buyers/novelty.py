"""Novel products: a buyer pays less for what nobody has tried; references take that discount away.

A firm has so many novel products in emerging industries. Each finds its first users as it is sold: that much
is usual, and is in the sales of the firms as they are. What is added to these references, by public orders,
by demonstrations and by supported first sets, raises the demand for the novel part of a firm's sales, and
fades as products are replaced. Buyers learn a little from references of like products of other firms.

Source of the form: adoption that rises with the number of earlier users, Bass (1969), Management Science 15.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.block import block_of
from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.firms.january import novel_revenue
from agents.numbers.elementary import exp_, pow_


@kept
class NoveltyParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/novelty.yaml."""

    novelty_penalty: float
    reference_effect: float
    reference_years: float
    reference_spill: float
    set_price: float
    product_sales: float
    product_elasticity: float
    opening_effect: float
    passed_on: float
    demonstration_cost: float


class NovelFirms(NamedTuple):
    """What of its sales is novel, by row of the firms; 0 where nothing is.

    share: of sales, from novel products in emerging industries. sold: of them [yuan/year].
    products: number of them. untried: of these, as far as references do not speak for them.
    """

    share: np.ndarray
    sold: np.ndarray
    products: np.ndarray
    untried: np.ndarray


@rule
def novel_products(sold, p):
    """Number of novel products of a firm that sells so much of them [yuan/year]; at least one."""
    return max(1.0, pow_(sold / p.product_sales, p.product_elasticity)) if sold > 0.0 else 0.0


@rule
def usual_references(sold, products, p):
    """References of one product through its own sales: sets sold in the years in which they count."""
    return p.reference_years * sold / (max(products, 1.0) * p.set_price)


@rule
def novelty_discount(references, p):
    """Log points of demand that a product lacks for want of references."""
    return p.novelty_penalty * exp_(-p.reference_effect * references)


@rule
def novel_lift(share, usual, more, opened, cheaper, p):
    """Demand for all a firm sells, over what it would be with the usual references alone.

    usual, more: references of one product. opened: share of the discount that open markets take away.
    cheaper: what others than the state spend more on novel products because first sets are cheaper [share].
    """
    gained = novelty_discount(usual, p) - (1.0 - opened) * novelty_discount(usual + more, p)
    return 1.0 + share * (exp_(gained) * (1.0 + cheaper) - 1.0)


@rule
def bought_anyhow(off, price_weight):
    """Of first sets sold with a share `off` their price, those that would be sold without it [share].

    What others spend answers the price they pay with the elasticity `price_weight`, so pieces with one more.
    """
    return pow_(1.0 - off, price_weight + 1.0)


@rule
def spent_more(off, price_weight):
    """What others than the state spend more, per yuan of first sets sold at a share `off` their price."""
    return (1.0 - off) - bought_anyhow(off, price_weight)


@stage
def look_at_products(firms, intensity, p, starts, stops, novel):
    """Fills in `novel`, a `NovelFirms` of zeros. intensity: novel revenue per unit of research intensity."""
    for k in range(len(starts)):
        firm = block_of(firms, starts[k], stops[k])
        for i in range(len(firm.id)):
            sales, row = firm.trailing_sales[i], starts[k] + i
            share = firm.emerging_share[i] * novel_revenue(4.0 * firm.research[i], sales, intensity)
            if share > 0.0:
                sold = share * sales
                products = novel_products(sold, p)
                known = usual_references(sold, products, p) + firm.references[i]
                novel.share[row], novel.sold[row], novel.products[row] = share, sold, products
                novel.untried[row] = products * exp_(-p.reference_effect * known)


@stage
def mean_references(firms, novel, starts, stops, mean):
    """Writes the references beyond the usual of one product, mean over the products of each industry."""
    for k in range(len(starts)):
        total, products = 0.0, 0.0
        for i in range(starts[k], stops[k]):
            total += firms.references[i] * novel.products[i]
            products += novel.products[i]
        mean[k] = total / products if products > 0.0 else 0.0


@stage
def favour(firms, novel, around, p, starts, stops, home):
    """Raises the attraction of firms by what buyers know of their novel products, or pay less for them.

    around: mean references by industry, share of the discount that is opened by cell, `cheaper` by row.
    Writes the total attraction of each industry to `home`.
    """
    mean, opened, cheaper = around
    places = len(opened) // len(starts)
    for k in range(len(starts)):
        total = 0.0
        for i in range(starts[k], stops[k]):
            if novel.share[i] > 0.0:
                usual = usual_references(novel.sold[i], novel.products[i], p)
                more = firms.references[i] + p.reference_spill * mean[k]
                open_here = opened[k * places + firms.prefecture[i]]
                firms.attraction[i] *= novel_lift(novel.share[i], usual, more, open_here, cheaper[i], p)
            total += firms.attraction[i]
        home[k] = total


@stage
def remember_references(firms, earned, kept_share, starts, stops):
    """References fade to `kept_share` of what they were, and those earned in the quarter join them."""
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            firms.references[i] = kept_share * firms.references[i] + earned[i]


class Novelty:
    """What speaks for novel products beyond the usual, and what was paid for it in the quarter.

    known: whether any firm has references beyond the usual. Within a quarter, None while nobody asked: seen:
    what is novel; earned: references of one product, by row; cheaper: see `novel_lift`, by row.
    first_sets [sets], set_sales [yuan]: sold with support. price_support, awards [yuan]: the parts of it that
    lowered the price and that makers kept. demonstrations: sites of the quarter; works: their cost [yuan].
    by_orders: references through public orders beyond those of 2020.
    lift: demand for what firms sell over what it would be without all this.
    """

    def __init__(self, parameters: NoveltyParameters) -> None:
        self.parameters = parameters
        self.known = False
        self.open_quarter()

    def open_quarter(self) -> None:
        """Forgets what happened in the last quarter."""
        self.forget_firms()
        self.first_sets = self.set_sales = self.demonstrations = self.by_orders = 0.0
        self.price_support = self.awards = self.works = 0
        self.lift = 1.0

    def forget_firms(self) -> None:
        """Rows of firms mean nothing once some leave."""
        self.seen: NovelFirms | None = None
        self.earned: np.ndarray | None = None
        self.cheaper: np.ndarray | None = None

    def earn(self, capacity: int, rows: np.ndarray, references: np.ndarray) -> None:
        """Firms in `rows` gain so many references of one product."""
        if self.earned is None:
            self.earned = np.zeros(capacity)
        self.earned[rows] += references

    @property
    def fading(self) -> float:
        """Share of references that still count a quarter later."""
        return max(0.0, 1.0 - 0.25 / self.parameters.reference_years)


def in_order_of_luck(luck: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Places of members, drawn first those whom luck and weight favour; the more weight, the likelier.

    Source: sequential Poisson sampling, Ohlsson (1998), Journal of Official Statistics 14.
    """
    return np.argsort(luck / weights, kind="stable")


def served(money: int, costs: np.ndarray) -> np.ndarray:
    """What of each cost [yuan] is paid, one after the other, until the money is out; the last in part."""
    before = np.cumsum(costs) - costs
    return np.minimum(np.maximum(money - before, 0), costs)
