"""Loans, taxes, grants, and what each programme and the governments spend."""

from agents.flows import Flow
from scenarios.load import load_levers
from sim.indicators.indicator import F, Indicator, R, S, firm_flow, paid_by


def of_programmes() -> dict[str, Indicator]:
    """What was spent under each lever that has a programme, named after it."""
    return {
        f"programme_{name}": Indicator(
            "yuan", F, f"spent on {lever.about.label.en}", f"{lever.about.label.zh}支出", paid_by(name)
        )
        for name, lever in load_levers().items()
        if lever.about.programme is not None
    }


INDICATORS = {
    "firm_loans": Indicator(
        "yuan",
        S,
        "bank loans of firms",
        "企业贷款余额",
        lambda e, s: float(e.ledger.loans[e.ledger.accounts.firms]),
    ),
    "firm_deposits": Indicator(
        "yuan",
        S,
        "deposits of firms",
        "企业存款",
        lambda e, s: float(e.ledger.balance[e.ledger.accounts.firms]),
    ),
    "defaults": Indicator("yuan", F, "loans written off", "核销贷款", firm_flow(Flow.WRITE_OFF)),
    "vat_paid": Indicator("yuan", F, "value-added tax of firms", "企业增值税", firm_flow(Flow.VAT)),
    "corporate_tax_paid": Indicator(
        "yuan", F, "corporate income tax of firms", "企业所得税", firm_flow(Flow.CORPORATE_TAX)
    ),
    "price_index": Indicator(
        "2020 = 1",
        R,
        "price index of emerging industries",
        "新兴产业价格指数",
        lambda e, s: s.price_relative_to_2020(e.quarter),
    ),
    "grants_misused": Indicator(
        "yuan", F, "grant money misused", "被挪用的补助", lambda e, s: float(e.counts.misused)
    ),
    "budget_revenue": Indicator(
        "yuan", F, "local tax revenue", "地方税收收入", lambda e, s: float(e.governments.collected(e.ledger))
    ),
    "budget_spending": Indicator(
        "yuan",
        F,
        "spending of local governments",
        "地方财政支出",
        lambda e, s: float(e.governments.spent(e.ledger)),
    ),
} | of_programmes()
