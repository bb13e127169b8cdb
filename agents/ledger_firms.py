"""Money of single firms: the compiled rules and stages that may change a firm's deposits and loans.

A firm's quarter is: every flow a whole amount >= 0, `net_receipts` of them added to its deposits,
`debt_after` its loans, and each flow added to `flows[code, prefecture]` for `Ledger.settle_firms`.
"""

from agents.compiled import rule, stage


@rule
def affordable(deposits, wanted):
    """What of `wanted` [yuan] the deposits can pay: never negative, never more than there is."""
    return max(0, min(deposits, wanted))


@rule
def net_receipts(received, paid):
    """Change of deposits [yuan] from the sums of what a firm received and paid."""
    return received - paid


@rule
def debt_after(loans, new, repaid, written_off):
    """Debt to the bank [yuan] after a quarter."""
    return loans + new - repaid - written_off


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


@stage
def money_of(deposits, loans, starts, stops, sums):
    """Writes into `sums`: all deposits, all loans [yuan], and how many firms are overdrawn."""
    for s in range(len(starts)):
        for i in range(starts[s], stops[s]):
            sums[0] += deposits[i]
            sums[1] += loans[i]
            sums[2] += 1 if deposits[i] < 0 else 0
