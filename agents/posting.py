"""The loops that move money between many accounts of the ledger at once."""

from agents.compiled import stage


@stage
def move(balance, credit_line, payers, payees, amounts, faulty):
    """Moves amounts [yuan] from payers to payees, one by one; a list of one account serves all amounts.

    Nothing moves if an amount is negative (`faulty` 1) or a payer would be overdrawn (`faulty` 2);
    faulty: (kind of fault, place of the first, yuan it is about).
    Returns the total.
    """
    one_payer, one_payee = len(payers) == 1, len(payees) == 1
    total = 0
    for n in range(len(amounts)):
        if amounts[n] < 0 and faulty[0] == 0:
            faulty[0], faulty[1], faulty[2] = 1, n, amounts[n]
        total += amounts[n]
    for n in range(len(payers)):
        asked = total if one_payer else amounts[n]
        left = balance[payers[n]] + credit_line[payers[n]] - asked
        if left < 0 and faulty[0] == 0:
            faulty[0], faulty[1], faulty[2] = 2, n, -left
    if faulty[0] == 0:
        for n in range(len(amounts)):
            balance[payers[0 if one_payer else n]] -= amounts[n]
            balance[payees[0 if one_payee else n]] += amounts[n]
    return total
