"""Payments into the deposits of single firms, in compiled loops. What firms themselves pay: agents/firms."""

from agents.compiled import stage


@stage
def credit_by_prefecture(deposits, rows, amounts, prefecture, totals):
    """Adds amounts [yuan] to the deposits of the firms in `rows`, and in `totals` by their prefectures."""
    for n in range(len(rows)):
        deposits[rows[n]] += amounts[n]
        totals[prefecture[rows[n]]] += amounts[n]
