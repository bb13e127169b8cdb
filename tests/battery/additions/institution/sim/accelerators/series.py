"""Guests of accelerators."""

from agents.accelerators.accelerators import Accelerators
from sim.indicator import S, Single, one_by_one

SERIES = {
    "accelerators": one_by_one(
        {
            "accelerated": Single(
                "firms",
                S,
                "firms in accelerators",
                "加速器内企业",
                lambda e, s: float(e.of(Accelerators).guests),
            )
        }
    )
}
