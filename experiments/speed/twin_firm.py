"""A firm of the twin: an ordinary Mesa agent with ordinary attributes, which calls the rules one by one."""

import math
from types import SimpleNamespace
from typing import Any

import mesa

from agents.engine.population import Population
from agents.firms import Firm, FirmParameters, settle
from agents.firms.conditions import Conditions
from agents.numbers.distributions import low_half


class TwinFirm(mesa.Agent):
    """One firm, whole in one object. Names and order are those of the stages in agents/firms."""

    model: Any

    luck: Any
    # The columns of a firm, set by name; those from which others are computed
    log_sales: float
    log_research_propensity: float
    log_lasting_shock: float
    log_brief_shock: float
    markup: float
    log_fill: float
    trailing_sales: float
    expected_demand: float
    capital: float
    labour: float
    research_base: float
    knowledge: float
    knowledge_before: float
    log_knowledge: float
    exit_reason: int
    pending_due: int
    does_research: int
    id: int
    seat_until: int
    mission_research: float
    joint_research: float
    earmarked: float
    prefecture: int
    inventory_value: int
    entering: int

    def __init__(self, model: Any, industry: int, row: int, firms: Population) -> None:
        super().__init__(model)
        self.industry = industry
        self.row = row
        self.id = int(firms.id[row])
        for name, column in Firm.columns.items():
            if name == "unique_id":
                continue
            values = firms.columns[name]
            setattr(self, name, values[row].item() if column.width is None else values[:, row].tolist())

    @property
    def cell(self) -> int:
        """Industry and place, where others meet what the firm meets."""
        return self.model.conditions[self.industry].first_cell + self.prefecture

    def offer(self) -> None:
        """Customer capital jumps; the price follows cost; both make the weight in the market."""
        rules, p, c, luck = self.model.rules, self.model.p, self.model.conditions[self.industry], self.luck
        spread = rules.jump_spread(self.log_sales, c.log_median_sales, p)
        log_odds = math.log(rules.jump_odds(luck.customer_jump, p))
        change = c.active * rules.customer_change(luck.customer_jump, log_odds, spread, p)
        self.log_customer_capital += change
        self.markup = rules.adapted_markup(self.markup, change, p)
        self.labour_per_unit = rules.normal_labour(self.log_productivity, p, c)
        self.material_rate = rules.material_rate(self.log_productivity, p, c)
        self.log_price = rules.log_normal_price(self.markup, self.material_rate, self.labour_per_unit, p, c)
        self.attraction = rules.attraction_weight(
            self.log_customer_capital, self.log_quality, self.log_price, self.log_fill, p, c
        )
        self.model.home[self.industry] += self.attraction

    def operate(self) -> None:
        """The quarter once demand is known."""
        rules, p, c = self.model.rules, self.model.p, self.model.conditions[self.industry]
        log_capital, ordered = self.hire(rules, p, c)
        output, delivered = self.produce(rules, p, log_capital, ordered)
        self.invest(rules, p, c)
        self.do_research(rules, p, c)
        self.settle(rules, p, c, output, delivered)
        self.learn(rules, p, c)
        self.apply_for_patents(rules, p, c)
        self.log_sales = math.log(self.trailing_sales)
        age = c.quarter - self.entry_quarter
        frailty = rules.frailty(self.id, self.seat_until, c.quarter, p)
        leaves = rules.closes(self.luck.exit, self.log_sales, c.log_median_sales, age, frailty, p)
        if c.active > 0.0 and self.exit_reason == 0 and leaves:
            self.exit_reason = settle.CLOSED

    def hire(self, rules: Any, p: FirmParameters, c: Conditions) -> tuple[float, float]:
        """Orders, expected demand, arrival of capital, labour; returns log capital and orders."""
        spent = self.attraction * self.model.local.demand[self.cell] + self.orders_by_name
        ordered = math.exp(-self.log_price) * (spent + self.procurement)
        self.expected_demand = max(rules.expected_orders(self.expected_demand, ordered, p), 1.0)
        arrived = self.pending_capital if c.quarter >= self.pending_due else 0.0
        self.capital = (self.capital + arrived) * (1.0 - 0.25 * p.production.depreciation)
        self.pending_capital -= arrived
        log_capital = math.log(max(self.capital, 1.0))
        log_expected = math.log(self.expected_demand)
        wanted = math.exp(rules.log_labour_wanted(log_expected, self.log_productivity, log_capital, p))
        wanted /= self.skill
        wanted = rules.bounded_labour(wanted, self.expected_demand, self.labour_per_unit, p)
        found = self.model.local.hiring[self.cell] if self.does_research == 1 else 1.0
        self.labour = rules.adjusted_labour(self.labour, wanted, found, p)
        return log_capital, ordered

    @property
    def skill(self) -> float:
        """What a worker makes over one among skilled colleagues alone."""
        return float(self.model.local.skill[self.cell]) if self.does_research == 1 else 1.0

    def produce(
        self, rules: Any, p: FirmParameters, log_capital: float, ordered: float
    ) -> tuple[float, float]:
        """Output and stocks; returns output and goods delivered."""
        capacity = math.exp(
            rules.log_capacity(self.log_productivity, log_capital, math.log(self.labour * self.skill), p)
        )
        output = rules.planned_output(self.expected_demand, self.inventory, capacity, p)
        delivered = min(ordered, output + self.inventory)
        self.inventory += output - delivered
        self.log_fill = math.log(max(delivered / max(ordered, 1e-9), 0.3))
        return output, delivered

    def invest(self, rules: Any, p: FirmParameters, c: Conditions) -> None:
        """Maintenance, and expansion in lumps."""
        wanted = p.production.normal_capital_output * self.expected_demand
        kept = rules.maintenance(self.capital, wanted, p)
        credit = rules.line_on_sales(self.trailing_sales, self.default_risk, p) + self.guaranteed
        affordable = rules.affordable_capital(self.deposits, self.loans, credit, self.trailing_sales, p, c)
        threshold = rules.investment_threshold(low_half(self.luck.liquidation), p)
        ordered = rules.expansion(self.capital, self.pending_capital, wanted, affordable, threshold, p)
        self.investment = kept + ordered
        self.capital += kept
        self.pending_capital += ordered
        if ordered > 0.0:
            saved = self.model.local.approval[self.cell]
            self.pending_due = c.quarter + rules.quarters_to_use(saved, low_half(self.luck.exit), p)

    def do_research(self, rules: Any, p: FirmParameters, c: Conditions) -> None:
        """Research by its user cost, and what the certificate makes of it."""
        wanted = self.research_wanted(rules, p, c)
        if self.does_research == 0 and rules.starts_research(
            self.luck.start_research, self.trailing_sales, p, c
        ):
            self.does_research = 1
            least = rules.least_inclination(self.trailing_sales, p, c)
            self.log_research_propensity = max(self.log_research_propensity, least)
        if self.does_research == 0:
            return
        planned = 0.25 * p.research.research_scale * self.trailing_sales * wanted
        target = rules.own_target(planned, self.mission_research + self.joint_research, p)
        credit = rules.line_on_sales(self.trailing_sales, self.default_risk, p) + self.guaranteed
        funds = 0.5 * max(0.0, self.deposits + credit - self.loans)
        self.research_base = rules.smoothed_research(self.research_base, target, funds, p, c)
        on_top = rules.earmarked_research(self.earmarked) if self.does_research else 0.0
        self.earmarked -= on_top
        self.research = self.research_base + self.mission_research + self.joint_research + on_top
        self.relabelled = 0.0
        if self.certificate_expiry > c.quarter:
            floor = 0.25 * self.trailing_sales * rules.certification_threshold(self.trailing_sales)
            self.research = rules.certified_research(self.research, floor, self.relabelling_share)
            self.relabelled = rules.relabelled_research(self.research, floor, self.relabelling_ceiling)
        self.research_year += self.research + self.relabelled

    def research_wanted(self, rules: Any, p: FirmParameters, c: Conditions) -> float:
        """Wanted research relative to that of a firm of reference."""
        self.wage_bill = c.wage * self.model.local.wage[self.cell] * self.labour
        covered = rules.covered_share(self.guaranteed, self.loans)
        premium = rules.cash_premium(self.deposits, 4.0 * self.wage_bill, covered, p)
        support, addition = self.marginal_research_support, self.super_deduction_addition
        cost = rules.user_cost(self.certificate_expiry > c.quarter, support, addition, premium, p, c)
        log_cost, propensity = math.log(cost), self.log_research_propensity
        return math.exp(rules.log_research_target(self.log_sales, log_cost, propensity, p, c))

    def settle(self, rules: Any, p: FirmParameters, c: Conditions, output: float, delivered: float) -> None:
        """The books of the quarter, in whole yuan."""
        bill = SimpleNamespace()
        self.sell_and_spend(rules, p, c, bill, output, delivered)
        self.pay_taxes(rules, p, c, bill)
        self.finance(rules, p, c, bill)
        if bill.cash < 0:
            self.ask_for_rescue(rules, p, c, bill)
        self.deposits = bill.cash
        self.loans += bill.lent - bill.repaid
        self.sales = bill.market + self.procurement
        self.value_added = bill.value_added
        self.emerging_year += round(self.emerging_share * bill.value_added)
        self.trailing_sales = max(self.trailing_sales + 0.25 * (4.0 * self.sales - self.trailing_sales), 1.0)
        self.record(bill)

    def sell_and_spend(
        self, rules: Any, p: FirmParameters, c: Conditions, bill: Any, output: float, delivered: float
    ) -> None:
        """Sales, purchases, wages, stocks; research by kind of cost; investment."""
        price, spent = math.exp(self.log_price), self.research
        usual, relief = rules.usual_overhead(self.trailing_sales, p), self.model.local.relief[self.cell]
        overhead = usual - rules.overhead_spared(usual, relief, p, c)
        bill.compliance = round(rules.compliance_cost(usual, relief, p, c))
        bill.market = rules.market_sales(delivered, price, self.procurement)
        bill.purchases = rules.purchase_cost(output, self.material_rate, overhead, p, c)
        bill.purchases += rules.entry_cost(self.entering, p, c)
        bill.wages = rules.wage_cost(self.wage_bill, overhead, p)
        stocks = round(self.inventory * p.production.material_share * c.material_price)
        bill.stock_change = stocks - self.inventory_value
        self.inventory_value = stocks
        bill.research_wages = round(p.bill.research_staff_share * spent)
        bill.research_materials = round(p.bill.research_material_share * spent)
        bill.equipment = rules.equipment_cost(spent, bill.research_wages, bill.research_materials, p)
        parts = (bill.research_wages, bill.research_materials, bill.equipment)
        bill.research_contracts = rules.contract_cost(spent, *parts)
        bill.investment = round(self.investment * c.material_price)
        bill.depreciation = round(0.25 * p.production.depreciation * self.capital * c.material_price)

    def pay_taxes(self, rules: Any, p: FirmParameters, c: Conditions, bill: Any) -> None:
        """Value added, indirect taxes, interest, profit and its tax."""
        bought = bill.purchases + bill.research_materials + bill.research_contracts
        taxable = bill.market + self.procurement - bought
        bill.value_added = taxable + bill.stock_change
        bill.value_added_tax = rules.indirect_tax(taxable, c)
        bill.surcharge = round(c.surcharge * bill.value_added_tax)
        bill.interest = round(0.25 * self.loan_rate * self.loans)
        staff = bill.wages + bill.research_wages
        costs = bill.value_added_tax + bill.surcharge + bill.interest + bill.depreciation
        bill.pretax = bill.value_added - staff - bill.equipment - costs
        certified, addition = self.certificate_expiry > c.quarter, self.super_deduction_addition
        reported = self.research + self.relabelled
        bill.tax = round(rules.corporate_tax(bill.pretax, reported, certified, addition, c))
        self.profit += 0.25 * (4.0 * bill.pretax - self.profit)

    def finance(self, rules: Any, p: FirmParameters, c: Conditions, bill: Any) -> None:
        """Cash, dividends and ordinary credit."""
        earned = bill.pretax - bill.tax
        cash = self.deposits + earned + bill.depreciation - bill.stock_change - bill.investment
        cash -= self.procurement
        wanted = round(rules.dividends(earned, self.deposits, self.trailing_sales, p))
        bill.payout = max(0, min(wanted, cash))
        cash -= bill.payout
        risk, guaranteed = self.default_risk, self.guaranteed
        limit = rules.credit_limit(self.trailing_sales, self.capital, risk, guaranteed, p, c)
        bill.lent = round(rules.borrowed(cash, self.loans, limit, self.trailing_sales, p))
        assets = rules.assets_of(cash, self.capital, self.inventory_value, c)
        bill.repaid = round(rules.repaid(cash, self.loans, assets, self.trailing_sales, p))
        bill.cash = cash + bill.lent - bill.repaid

    def ask_for_rescue(self, rules: Any, p: FirmParameters, c: Conditions, bill: Any) -> None:
        """The bank covers what the firm cannot pay; some are wound up."""
        luck, size = self.luck.liquidation, self.log_sales
        loan, wound_up = rules.rescue_loan(luck, -bill.cash, self.trailing_sales, size, p, c)
        bill.lent += loan
        bill.cash += loan
        if wound_up:
            self.exit_reason = settle.INSOLVENT
        else:
            self.log_customer_capital -= p.settle.rescheduling_customer_loss

    def record(self, bill: Any) -> None:
        """Adds the quarter's amounts to the flows of the prefecture."""
        flows = self.model.flows[self.prefecture]
        for name, amount in vars(bill).items():
            flows[name] += amount

    def learn(self, rules: Any, p: FirmParameters, c: Conditions) -> None:
        """Knowledge, productivity and quality."""
        local = self.model.local
        pool, before = local.pool[self.cell], local.pool_before[self.cell]
        spillover = rules.spillover_growth(pool, before, self.knowledge, self.knowledge_before)
        self.knowledge_before = self.knowledge
        self.knowledge = rules.knowledge_after(self.knowledge, self.research, local.talent[self.cell], p, c)
        log_before, self.log_knowledge = self.log_knowledge, math.log(max(self.knowledge, 1.0))
        growth = rules.knowledge_growth(log_before, self.log_knowledge, self.research)
        luck = self.luck.innovation
        success = rules.innovation_success(luck, rules.tail_exponent(luck))
        absorbed = rules.absorption(self.research, self.trailing_sales, p)
        gap = c.frontier - (self.log_productivity - self.log_lasting_shock - self.log_brief_shock)
        if c.active == 0.0:
            return
        gain = rules.productivity_gain(growth, success, spillover, absorbed, gap, p)
        self.log_productivity += p.innovation.process_share * gain
        self.log_quality += (1.0 - p.innovation.process_share) * gain

    def apply_for_patents(self, rules: Any, p: FirmParameters, c: Conditions) -> None:
        """Applications now, grants of those filed a lag ago, lapses."""
        log_research = math.log(max(4.0 * self.research, 1.0))
        propensity = self.log_patent_propensity
        log_mean = rules.log_patent_mean(log_research, self.log_knowledge, propensity, p, c)
        slot = c.quarter % rules.grant_quarters(p)
        granted, applied = self.pending_patents[slot], 0
        if self.research > 0.0:
            scale = p.innovation.patent_scale * c.patent_applications
            mean = scale * math.exp(log_mean) * self.model.local.talent[self.cell]
            dispersion = p.innovation.patent_dispersion
            applied = rules.negative_binomial_quantile(mean, dispersion, self.luck.patents)
        self.pending_patents[slot] = applied
        self.model.totals.applied[0] += applied
        if granted + self.patents > 0:
            rules.age_patents(self, self.luck, p, c, self.model.totals, granted, None)
