"""Would-be founders, start-up loans and incubators at the end of 2015."""

from typing import Any

from agents.economy import Economy
from agents.founders.incubators import IncubatorParameters, Incubators
from agents.founders.startup_loans import StartupLoanParameters, StartupLoans
from agents.founders.would_be import FounderParameters, WouldBeFounders
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """Nobody yet who would found: the stock is set when the first quarter shows what entry is usual; no loan;
    empty seats, which firms take in that quarter."""
    values, geography = start.spec.parameters, start.region.geography
    weights, growth = start.made["entry_weights"], values["firms"]["entry_growth"]
    return {
        WouldBeFounders: WouldBeFounders(FounderParameters(**values["founders"]), geography.cells, growth),
        StartupLoans: StartupLoans(StartupLoanParameters(**values["startup_loans"])),
        Incubators: Incubators(
            IncubatorParameters(**values["incubators"]), weights, geography.places, start.spec.scale
        ),
    }


def forget(economy: Economy) -> None:
    """Who came and went begins anew."""
    economy.of(WouldBeFounders).open_quarter()
    economy.of(StartupLoans).open_quarter()
    economy.of(Incubators).open_quarter()
