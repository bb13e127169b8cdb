"""Density: workers within reach raise the productivity of a cell's firms."""

from agents.engine.block import block_of
from agents.engine.rules import rule, stage
from agents.numbers.elementary import log_


@rule
def gain_of_density(now, before, usual, p):
    """Log points of productivity that a year's change of density brings, beyond `usual` growth [log points].

    Productivity rises with density at a constant elasticity (Combes and Gobillon 2015), of which crowding
    takes a share. The usual growth of density is a part of the trend of productivity that firms have anyway.
    """
    change = log_((now + 1.0) / (before + 1.0)) - usual
    return p.density_elasticity * (1.0 - p.congestion) * change


@stage
def growth_of_density(density, before, workers):
    """Log growth of density in a year, the mean over the workers of all cells."""
    total, weight = 0.0, 0.0
    for c in range(len(density)):
        total += float(workers[c]) * log_((density[c] + 1.0) / (before[c] + 1.0))
        weight += float(workers[c])
    return total / max(weight, 1.0)


@stage
def count_density(workers, near, p, everybody, density):
    """Writes the workers in reach of each cell: of its industry, and with less weight of all industries.

    near: weight of prefecture b for prefecture a. everybody: scratch by prefecture.
    """
    places = near.shape[0]
    for a in range(places):
        everybody[a] = 0.0
        for first in range(0, len(workers), places):
            everybody[a] += float(workers[first + a])
    for first in range(0, len(workers), places):
        for a in range(places):
            total = 0.0
            for b in range(places):
                total += near[a, b] * (float(workers[first + b]) + p.density_other * everybody[b])
            density[first + a] = total


@stage
def gain_by_cell(density, before, usual, p, gain, gained):
    """Writes what the change of density brings each cell; adds it to what it has brought so far."""
    for c in range(len(density)):
        gain[c] = gain_of_density(density[c], before[c], usual, p)
        gained[c] += gain[c]


@stage
def raise_firms(firms, gain, process_share, starts, stops):
    """Adds the gain of its cell to every firm, divided between process and product as other gains are."""
    places = len(gain) // len(starts)
    for k in range(len(starts)):
        firm = block_of(firms, starts[k], stops[k])
        for i in range(len(firm.prefecture)):
            here = gain[k * places + firm.prefecture[i]]
            firm.log_productivity[i] += process_share * here
            firm.log_quality[i] += (1.0 - process_share) * here


@stage
def premium_by_cell(gained, firms, places, premium):
    """Writes by how much density has raised each cell over the mean firm of its industry [log points].

    Founders take the mean of their industry for their own level: this is what their place adds.
    """
    for first in range(0, len(gained), places):
        total, weight = 0.0, 0.0
        for a in range(places):
            total += float(firms[first + a]) * gained[first + a]
            weight += float(firms[first + a])
        for a in range(places):
            premium[first + a] = gained[first + a] - total / max(weight, 1.0)
