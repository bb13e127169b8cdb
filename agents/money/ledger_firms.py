"""The money of single firms, in compiled loops: what others pay them. What they pay: agents/firms."""

from agents.engine.rules import stage


@stage
def credit_by_prefecture(deposits, rows, amounts, prefecture, totals):
    """Adds amounts [yuan] to the deposits of the firms in `rows`, and in `totals` by their prefectures."""
    for n in range(len(rows)):
        deposits[rows[n]] += amounts[n]
        totals[prefecture[rows[n]]] += amounts[n]


@stage
def money_held(deposits, loans, starts, stops):
    """Deposits and loans [yuan] of all firms together, who stand in rows `starts` to `stops`."""
    held, owed = 0, 0
    for k in range(len(starts)):
        of_deposits, of_loans = deposits[starts[k] : stops[k]], loans[starts[k] : stops[k]]
        for i in range(len(of_deposits)):
            held += of_deposits[i]
            owed += of_loans[i]
    return held, owed
