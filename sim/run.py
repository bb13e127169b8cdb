"""One unit of work: the years to 2020 once, then every scenario from there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from agents.engine import cache_folder
from scenarios.spec import POLICY_YEAR, RunSpec
from sim.model import IndustrialPolicyModel


@dataclass(frozen=True)
class RunOutcome:
    """What one run leaves.

    series: [quarters, indicators] in the order of series_of(region). cells: [years, prefectures, industries,
    cell indicators]. bases: 2020 bases in plain units, published or drawn. public_cost: appropriations
    2021-25 [yuan]. duration_s: seconds of computing, the common past divided among the runs. accounts: of
    blocks, by name: appropriated, spent, lapsed and left at the end [yuan].
    """

    spec: RunSpec
    series: np.ndarray
    cells: np.ndarray
    bases: dict[str, float]
    public_cost: float
    duration_s: float
    status: str = "ok"
    accounts: dict[str, dict[str, float]] = field(default_factory=dict)


def simulate(specs: Sequence[RunSpec]) -> list[RunOutcome]:
    """Runs specs that share luck, world and parameters and differ only from 2021 on; in their order.

    Raises:
        ValueError: the specs do not share their past.
        AccountingError: an identity failed.
    """
    refuse_different_pasts(specs)
    begun = perf_counter()
    past = past_of(specs[0])
    shared = (perf_counter() - begun) / len(specs)
    return [used_up(past.branch(spec), shared) for spec in specs[:-1]] + [
        used_up(past.under(specs[-1]), shared)
    ]


def past_of(spec: RunSpec) -> IndustrialPolicyModel:
    """The model of a spec at the end of 2020, where scenarios part."""
    model = IndustrialPolicyModel(spec)
    for _ in range(4 * (POLICY_YEAR - spec.first_year)):
        model.step()
    return model


def simulate_from(past: IndustrialPolicyModel, specs: Sequence[RunSpec]) -> list[RunOutcome]:
    """What `simulate` gives for specs with this past, which stays as it is for others.

    duration_s is without the past's.

    Raises: as simulate.
    """
    refuse_different_pasts([past.spec, *specs])
    return [used_up(past.branch(spec), 0.0) for spec in specs]


def used_up(model: IndustrialPolicyModel, already: float) -> RunOutcome:
    """Finishes a model that nobody looks at afterwards.

    A model refers to itself: emptied, its memory is free at once and not at some later collection of cycles.
    """
    outcome = finish(model, already)
    model.__dict__.clear()
    return outcome


def finish(model: IndustrialPolicyModel, already: float) -> RunOutcome:
    """Runs a model to the end of its years."""
    begun = perf_counter()
    while model.economy.quarter < model.quarters:
        model.step()
    cache_folder.note_whole()
    return RunOutcome(
        spec=model.spec,
        series=model.series,
        cells=model.cells,
        bases=dict(model.setting.bases),
        public_cost=model.spec.scenario.public_cost() * model.spec.scale,
        duration_s=already + perf_counter() - begun,
        accounts={
            name: one.over_all_years()
            for name, one in model.economy.governments.programmes.items()
            if one.beside
        },
    )


def refuse_different_pasts(specs: Sequence[RunSpec]) -> None:
    """Raises ValueError unless all specs agree in everything but the lever values from 2021 on."""

    def past(spec: RunSpec) -> tuple:
        return (
            spec.scenario.until(POLICY_YEAR),
            spec.scenario.own,
            spec.region,
            spec.world,
            spec.parameters,
            spec.scale,
            spec.draw,
            spec.replication,
            spec.seed,
            spec.first_year,
            spec.last_year,
            spec.world_of,
            spec.bases_of,
            spec.places,
        )

    for spec in specs[1:]:
        if past(spec) != past(specs[0]):
            raise ValueError(f"{spec.scenario.name} and {specs[0].scenario.name} do not share their past")
