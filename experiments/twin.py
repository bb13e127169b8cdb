"""The twin: the quarter of the firms as one would write it with Mesa alone, for comparing speed.

One ordinary `mesa.Agent` per firm with ordinary attributes, calling the same rules uncompiled. It is
equal to the compiled stages of a quarter within 1e-9, so that the ratio of their times
compares two ways of writing one model.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import mesa
import numpy as np

from agents import distributions, elementary
from agents.chart import PREFECTURES
from agents.economy import empty_totals
from agents.firms import Firm, FirmParameters, demand, innovation, lifecycle, money, production, research
from agents.firms.conditions import Conditions, Luck, new_work
from agents.firms.firm import PENDING_QUARTERS
from agents.firms.quarter import offer, operate
from agents.population import Population
from experiments.uncompiled import uncompiled
from sim.model import IndustrialPolicyModel

MODULES = (elementary, distributions, demand, production, research, money, innovation, lifecycle)


@dataclass(frozen=True)
class FirmQuarter:
    """What a quarter gives the firms, compiled and twin alike."""

    behaviour: FirmParameters
    conditions: tuple[Conditions, ...]  # of each industry; demand is set by the market of the quarter
    luck: Luck  # one draw per row and purpose
    national: np.ndarray  # demand of each industry, yuan/quarter
    outside: np.ndarray  # attraction of rivals in each industry
    pool: np.ndarray  # knowledge within reach of each cell, yuan at 2016Q1 prices
    pool_before: np.ndarray  # a quarter ago

    def cleared(self, home: np.ndarray) -> tuple[Conditions, ...]:
        """The conditions once the attraction of the firms of each industry is known."""
        demand_per_attraction = (self.national / (home + self.outside)).tolist()
        pairs = zip(self.conditions, demand_per_attraction, strict=True)
        return tuple(c._replace(demand_per_attraction=demand) for c, demand in pairs)


def quarter_of(model: IndustrialPolicyModel) -> FirmQuarter:
    """What the firms of a model meet in its next quarter."""
    economy, setting = model.economy, model.setting
    now = setting.circumstances(economy.quarter, active=True)
    return FirmQuarter(
        economy.behaviour,
        setting.conditions(economy.markets, now),
        model.luck.of_quarter(economy.firms, economy.quarter),
        economy.markets.national,
        economy.markets.outside,
        economy.knowledge.pool,
        economy.knowledge.before,
    )


def run_compiled(firms: Population, quarter: FirmQuarter) -> None:
    """One quarter of the firms by the compiled stages, which also find exits and sums."""
    arrays, work, home = firms.arrays(), new_work(), np.zeros(firms.segments)
    rows = (firms.start, firms.stop)
    offer(arrays, quarter.luck, quarter.behaviour, quarter.conditions, work, *rows, home)
    pools = (quarter.pool, quarter.pool_before)
    conditions, counts = quarter.cleared(home), np.zeros(len(COUNTS), np.int64)
    operate(arrays, quarter.luck, quarter.behaviour, conditions, work, *rows, *pools, empty_totals(), counts)


COUNTS = (
    "granted",
    "applied",
    "high_value_new",
    "high_value_lapsed",
    "lapsed",
    "certificates_lapsed",
    "spare",
)


class TwinModel(mesa.Model):
    """As many agents as firms; a quarter is two calls of every agent with the market between them."""

    def __init__(self, firms: Population) -> None:
        super().__init__()
        self.rules = uncompiled(MODULES)
        for industry, (start, stop) in enumerate(zip(firms.start, firms.stop, strict=True)):
            for row in range(start, stop):
                TwinFirm(self, industry, int(row), firms)

    def hand_out_luck(self, quarter: FirmQuarter) -> None:
        """Every firm's draws of the quarter, as numbers of its own; not a part of what is timed."""
        columns = [column.tolist() for column in quarter.luck]
        for firm in self.agents:
            firm.luck = Luck(*(column[firm.row] for column in columns))

    def run(self, quarter: FirmQuarter) -> None:
        """One quarter of all firms."""
        self.p, self.conditions = quarter.behaviour, quarter.conditions
        self.pool, self.pool_before = quarter.pool.tolist(), quarter.pool_before.tolist()
        self.home = [0.0] * len(self.conditions)
        self.flows: dict[tuple[int, int], int] = defaultdict(int)
        self.counts = [0] * len(COUNTS)
        self.agents.do("offer")
        self.conditions = quarter.cleared(np.array(self.home))
        self.agents.do("operate")


class TwinFirm(mesa.Agent):
    """One firm, whole in one object. Names and order are those of the stages in agents/firms."""

    model: Any

    luck: Any
    # The columns of a firm, set by name; those from which others are computed
    log_sales: float
    markup: float
    log_fill: float
    trailing_sales: float
    expected_demand: float
    capital: float
    labour: float
    research_base: float
    knowledge: float
    log_knowledge: float
    exit_reason: int
    pending_due: int
    does_research: int

    def __init__(self, model: TwinModel, industry: int, row: int, firms: Population) -> None:
        super().__init__(model)
        self.industry = industry
        self.row = row
        for name, column in Firm.columns.items():
            if name == "unique_id":
                continue
            values = firms.columns[name]
            setattr(self, name, values[row].item() if column.width is None else values[:, row].tolist())

    def offer(self) -> None:
        """Customer capital jumps; the price follows cost; both make the weight in the market."""
        rules, p, c, luck = self.model.rules, self.model.p, self.model.conditions[self.industry], self.luck
        spread = rules.jump_spread(self.log_sales, c.log_median_sales, p)
        log_odds = math.log(rules.jump_odds(luck.customer_jump, p))
        change = c.active * rules.customer_change(luck.customer_jump, log_odds, spread, p)
        self.log_customer_capital += change
        self.markup = rules.adapted_markup(self.markup, change, p)
        self.labour_per_unit = rules.normal_labour(self.log_productivity, p, c)
        self.log_price = rules.log_normal_price(self.markup, self.labour_per_unit, p, c)
        self.attraction = rules.attraction_weight(
            self.log_customer_capital, self.log_quality, self.log_price, self.log_fill, p, c
        )
        self.model.home[self.industry] += self.attraction

    def operate(self) -> None:
        """The quarter once demand is known."""
        rules, p, c = self.model.rules, self.model.p, self.model.conditions[self.industry]
        log_capital, ordered = self.hire(rules, p, c)
        output, delivered = self.produce(rules, p, c, log_capital, ordered)
        self.invest(rules, p, c)
        self.do_research(rules, p, c)
        self.settle(rules, p, c, output, delivered)
        self.learn(rules, p, c)
        self.apply_for_patents(rules, p, c)
        self.log_sales = math.log(self.trailing_sales)
        age = c.quarter - self.entry_quarter
        leaves = rules.closes(self.luck.exit, self.log_sales, c.log_median_sales, age, p)
        if c.active > 0.0 and self.exit_reason == 0 and leaves:
            self.exit_reason = money.CLOSED

    def hire(self, rules: Any, p: FirmParameters, c: Conditions) -> tuple[float, float]:
        """Orders, expected demand, arrival of capital, labour; returns log capital and orders."""
        ordered = math.exp(-self.log_price) * (self.attraction * c.demand_per_attraction + self.procurement)
        self.expected_demand = max(rules.expected_orders(self.expected_demand, ordered, p), 1.0)
        arrived = self.pending_capital if c.quarter >= self.pending_due else 0.0
        self.capital = (self.capital + arrived) * (1.0 - 0.25 * p.depreciation)
        self.pending_capital -= arrived
        log_capital = math.log(max(self.capital, 1.0))
        log_expected = math.log(self.expected_demand)
        wanted = math.exp(rules.log_labour_wanted(log_expected, self.log_productivity, log_capital, p))
        self.labour = rules.adjusted_labour(
            self.labour, wanted, self.expected_demand, self.labour_per_unit, p
        )
        return log_capital, ordered

    def produce(
        self, rules: Any, p: FirmParameters, c: Conditions, log_capital: float, ordered: float
    ) -> tuple[float, float]:
        """Output and stocks; returns output and goods delivered."""
        capacity = math.exp(rules.log_capacity(self.log_productivity, log_capital, math.log(self.labour), p))
        output = rules.planned_output(self.expected_demand, self.inventory, capacity, p)
        delivered = min(ordered, output + self.inventory)
        self.inventory += output - delivered
        self.log_fill = math.log(max(delivered / max(ordered, 1e-9), 0.3))
        return output, delivered

    def invest(self, rules: Any, p: FirmParameters, c: Conditions) -> None:
        """Maintenance, and expansion in lumps."""
        wanted = p.normal_capital_output * self.expected_demand
        kept = rules.maintenance(self.capital, wanted, p)
        affordable = rules.affordable_capital(self.deposits, self.loans, self.trailing_sales, p, c)
        ordered = rules.expansion(self.capital, self.pending_capital, wanted, affordable, p)
        self.investment = kept + ordered
        self.capital += kept
        self.pending_capital += ordered
        if ordered > 0.0:
            self.pending_due = c.quarter + int(p.investment_lag)

    def do_research(self, rules: Any, p: FirmParameters, c: Conditions) -> None:
        """Research by its user cost, and what the certificate makes of it."""
        wanted = self.research_wanted(rules, p, c)
        if self.does_research == 0 and rules.starts_research(
            self.luck.start_research, self.trailing_sales, p
        ):
            self.does_research = 1
        if self.does_research == 0:
            return
        target = 0.25 * p.research_scale * self.trailing_sales * wanted
        credit = 0.25 * p.credit_to_sales * self.trailing_sales
        funds = 0.5 * max(0.0, self.deposits + credit - self.loans)
        self.research_base = self.research = rules.smoothed_research(self.research_base, target, funds, p, c)
        self.relabelled = 0.0
        if self.certificate_expiry > c.quarter:
            floor = 0.25 * self.trailing_sales * rules.certification_threshold(self.trailing_sales)
            self.research = rules.certified_research(self.research_base, floor, p)
            self.relabelled = rules.relabelled_research(self.research, floor, p)
        self.research_year += self.research + self.relabelled

    def research_wanted(self, rules: Any, p: FirmParameters, c: Conditions) -> float:
        """Wanted research relative to that of a firm of reference."""
        self.wage_bill = c.wage * self.labour
        premium = rules.cash_premium(self.deposits, 4.0 * self.wage_bill, p)
        support, addition = self.marginal_research_support, self.super_deduction_addition
        cost = rules.user_cost(self.certificate_expiry > c.quarter, support, addition, premium, p, c)
        log_cost, propensity = math.log(cost), self.log_research_propensity
        return math.exp(rules.log_research_target(self.log_sales, log_cost, propensity, p, c))

    def settle(self, rules: Any, p: FirmParameters, c: Conditions, output: float, delivered: float) -> None:
        """The books of the quarter, in whole yuan."""
        bill = rules.bill_of(self, output, delivered, self.inventory_value, p, c, None)
        s = rules.settlement(self, bill, p, c, None)
        rescue = rules.rescue_loan(self, self.luck, -s.cash, p, c, None) if s.cash < 0 else 0
        self.deposits = s.cash + rescue
        self.loans += s.lent - s.repaid + rescue
        self.inventory_value += bill.stock_change
        self.profit += 0.25 * (4.0 * s.pretax - self.profit)
        trailing = self.trailing_sales
        self.trailing_sales = max(trailing + 0.25 * (4.0 * bill.revenue - trailing), 1.0)
        self.sales = bill.revenue
        self.value_added = rules.value_added(bill)
        rules.record(self.model.flows, self.prefecture, bill, s, rescue)

    def learn(self, rules: Any, p: FirmParameters, c: Conditions) -> None:
        """Knowledge, productivity and quality."""
        cell = c.industry * PREFECTURES + self.prefecture
        pool, before = self.model.pool[cell], self.model.pool_before[cell]
        spillover = rules.spillover_growth(pool, before, self.knowledge)
        self.knowledge = rules.knowledge_after(self.knowledge, self.research, p, c)
        log_before, self.log_knowledge = self.log_knowledge, math.log(max(self.knowledge, 1.0))
        growth = rules.knowledge_growth(log_before, self.log_knowledge, self.research)
        success = rules.innovation_success(self.luck.innovation)
        absorbed = rules.absorption(self.research, self.trailing_sales, p)
        gap = c.frontier - self.log_productivity
        gain = rules.productivity_gain(growth, success, spillover, absorbed, gap, p)
        self.log_productivity += gain
        self.log_quality += p.quality_share * gain

    def apply_for_patents(self, rules: Any, p: FirmParameters, c: Conditions) -> None:
        """Applications now, grants of those of two years ago, lapses."""
        log_research = math.log(max(4.0 * self.research, 1.0))
        propensity = self.log_patent_propensity
        log_mean = rules.log_patent_mean(log_research, self.log_knowledge, propensity, p, c)
        slot = c.quarter % PENDING_QUARTERS
        granted, applied = self.pending_patents[slot], 0
        if self.research > 0.0:
            mean = p.patent_scale * math.exp(log_mean)
            applied = rules.negative_binomial_quantile(mean, p.patent_dispersion, self.luck.patents)
        self.pending_patents[slot] = applied
        self.model.counts[1] += applied
        if granted + self.patents > 0:
            rules.age_patents(self, self.luck, p, self.model.counts, granted, None)
