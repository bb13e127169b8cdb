"""Guests of incubators."""

from agents.incubators.incubators import Incubators
from sim.indicator import S, Single, one_by_one

SERIES = {
    "incubators": one_by_one(
        {
            "incubated": Single(
                "firms", S, "firms in incubators", "在孵企业", lambda e, s: float(e.of(Incubators).guests)
            )
        }
    )
}
