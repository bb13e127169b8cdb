"""I8 and I4 of pilot lines: inventions on and before them, and what programmes paid for."""

from agents.economy import Economy
from agents.money.account_book import Sums
from agents.money.families import PILOT_PLATFORMS
from agents.pilots.pilot_lines import PilotLines
from sim.books.identity import disbursed, fail


def check(economy: Economy, sums: Sums) -> None:
    """Those of before, plus applied, less finished, given up and closed; money bought lines and bookings."""
    lines, quarter = economy.of(PilotLines), economy.quarter
    gone = lines.finished + lines.gave_up + lines.closed
    left = lines.before + lines.applied - gone
    fail("I8 count", "inventions for pilot lines", quarter, left - len(lines.pilots))
    paid = disbursed(economy, PILOT_PLATFORMS)
    fail("I4 pilot lines", "programmes", quarter, paid - lines.works - lines.runs)
