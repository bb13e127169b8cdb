"""Sums of arrays of numbers that come out the same on every machine."""

from agents.engine.rules import stage


@stage
def sum_in_order(values):
    """The sum of a line of numbers in their order, rounding errors made up for; 0.0 of none.

    The same as Python's `sum` of a list of them, which first makes a number of each element.
    Source: Neumaier (1974), Zeitschrift für Angewandte Mathematik und Mechanik 54.
    """
    total, lost = 0.0, 0.0
    for n in range(len(values)):
        one = float(values[n])
        more = total + one
        lost += (total - more) + one if abs(total) >= abs(one) else (one - more) + total
        total = more
    return total + lost if lost - lost == 0.0 else total  # where errors are infinite, nothing is made up for
