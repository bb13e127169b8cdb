"""Payments into the deposits of single firms, in compiled loops. What firms themselves pay: agents/firms."""

from agents.compiled import stage


@stage
def credit_rows(deposits, rows, amounts):
    """Adds amounts [yuan] to the deposits of the firms in `rows`; a row may occur twice."""
    for n in range(len(rows)):
        deposits[rows[n]] += amounts[n]


@stage
def credit_by_prefecture(deposits, rows, amounts, prefecture, totals):
    """As `credit_rows`, and adds the amounts up [yuan] in `totals` by the firms' prefectures."""
    for n in range(len(rows)):
        deposits[rows[n]] += amounts[n]
        totals[prefecture[rows[n]]] += amounts[n]
