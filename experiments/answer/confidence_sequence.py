"""An interval of a probability that holds however often it is looked at, and whenever one stops."""

from __future__ import annotations

from math import log

from experiments.answer.probability import CONFIDENCE

PRECISION, LEAST = 1e-9, 1e-300
"""How exactly the ends of an interval are found, and the least share that is tried."""


def confidence_sequence(hits: int, runs: int) -> tuple[float, float]:
    """The shares p that the hits among the runs seen so far do not rule out [0 to 1].

    With 95 % probability it holds the true share after every run, so that a sweep may stop when it likes it.
    A share p is ruled out once the mixture of likelihood ratios over an even prior,

        M(p) = B(1 + hits, 1 + runs - hits) / (p^hits (1 - p)^(runs - hits)),

    a martingale that starts at 1 if p is true, reaches 1 / 0.05. Where runs differ in their chance, as runs
    of different parameters do, it holds for the mean chance after whole passes over them: the logarithm of
    1 - p + p e^x is concave in p, so that unequal chances with the same mean make M(p) smaller.
    Sources: Ville (1939) for the bound; Robbins (1970), "Statistical methods related to the law of the
    iterated logarithm", for the mixture; Howard, Ramdas, McAuliffe and Sekhon (2021), "Time-uniform,
    nonparametric, nonasymptotic confidence sequences", for unequal chances.
    """
    return _lower(hits, runs), 1.0 - _lower(runs - hits, runs)


def _lower(hits: int, runs: int) -> float:
    """The least share that is not ruled out."""
    from scipy.optimize import brentq
    from scipy.special import betaln, xlog1py, xlogy

    if not hits:
        return 0.0
    prior, most = float(betaln(1 + hits, 1 + runs - hits)), log(1.0 / (1.0 - CONFIDENCE))

    def evidence_against(share: float) -> float:
        return prior - float(xlogy(hits, share) + xlog1py(runs - hits, -share)) - most

    return float(brentq(evidence_against, LEAST, hits / runs, xtol=PRECISION))
