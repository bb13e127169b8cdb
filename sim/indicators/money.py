"""Loans, taxes, grants, and what each programme and the governments spend."""

from agents.economy import Economy
from agents.money.flows import Flow
from scenarios.load import load_levers
from sim.indicators.indicator import F, Indicator, Part, R, S, Single, firm_flow, one_by_one
from sim.setting import Setting


def of_programmes() -> Part:
    """What was spent under each lever that has a programme, named after it."""
    labels = {n: one.about.label for n, one in load_levers().items() if one.about.programme is not None}

    def read(economy: Economy, setting: Setting) -> list[float]:
        programmes = economy.governments.programmes
        return [programmes[name].disbursed_now for name in labels]

    return Part(
        {
            f"programme_{name}": Indicator("yuan", F, f"spent on {label.en}", f"{label.zh}支出")
            for name, label in labels.items()
        },
        read,
    )


INDICATORS = {
    "firm_loans": Single(
        "yuan",
        S,
        "bank loans of firms",
        "企业贷款余额",
        lambda e, s: float(e.ledger.loans[e.ledger.accounts.firms]),
    ),
    "firm_deposits": Single(
        "yuan",
        S,
        "deposits of firms",
        "企业存款",
        lambda e, s: float(e.ledger.balance[e.ledger.accounts.firms]),
    ),
    "defaults": Single("yuan", F, "loans written off", "核销贷款", firm_flow(Flow.WRITE_OFF)),
    "vat_paid": Single("yuan", F, "value-added tax of firms", "企业增值税", firm_flow(Flow.VAT)),
    "corporate_tax_paid": Single(
        "yuan", F, "corporate income tax of firms", "企业所得税", firm_flow(Flow.CORPORATE_TAX)
    ),
    "price_index": Single(
        "2020 = 1",
        R,
        "price index of emerging industries",
        "新兴产业价格指数",
        lambda e, s: s.price_relative_to_2020(e.quarter),
    ),
    "grants_misused": Single(
        "yuan", F, "grant money misused", "被挪用的补助", lambda e, s: float(e.counts.misused)
    ),
    "budget_revenue": Single(
        "yuan", F, "local tax revenue", "地方税收收入", lambda e, s: float(e.governments.collected(e.ledger))
    ),
    "budget_spending": Single(
        "yuan",
        F,
        "spending of local governments",
        "地方财政支出",
        lambda e, s: float(e.governments.spent(e.ledger)),
    ),
}

PARTS = (one_by_one(INDICATORS), of_programmes())
