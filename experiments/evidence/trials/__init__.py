"""Experiments inside the model that measure what studies measured: branches of one past, with equal luck."""

from experiments.evidence.trials import (
    attraction,
    certificate,
    coverage,
    demand,
    evaluation,
    finance,
    founders,
    grants,
    parks,
    places,
    population,
    purchases,
    research_lottery,
    returns,
    rules,
    supply,
    talent,
    taxes,
    transfer,
)
from experiments.evidence.trials.trial import Trial

TRIALS: dict[str, Trial] = {
    trial.name: trial
    for trial in (
        returns.TRIAL,
        research_lottery.TRIAL,
        demand.TRIAL,
        population.TRIAL,
        grants.GRANTS,
        grants.CASH_TRIAL,
        taxes.TRIAL,
        certificate.CERTIFICATE,
        certificate.AWARD,
        purchases.ORDERS,
        purchases.MISSION,
        transfer.MARKET,
        transfer.INVENTORS,
        talent.TRIAL,
        places.CARRIERS,
        places.NETWORK,
        attraction.MOVERS,
        attraction.ATTRACTION,
        supply.TRIAL,
        finance.GUARANTEES,
        finance.FUNDS,
        parks.ZONE,
        parks.IMITATION,
        founders.INCUBATION,
        founders.STARTUP_LOANS,
        evaluation.TRIAL,
        rules.APPROVAL,
        rules.COMPLIANCE,
        rules.DATA,
        rules.OUTWARD,
        places.PACKAGE,
        coverage.TRIAL,
    )
}
"""Every experiment by its name, in the order in which it is told."""
