"""A number that nobody measured says why it has this size, and how much else is believed."""

from pathlib import Path

import pytest

from scenarios.region.folder import CONFIGS
from scenarios.values.file_names import yaml_files
from scenarios.values.number import Number, Status, read_number
from scenarios.values.yaml_reader import read_yaml

SOLVED = "solved by sanxiang fit-base"  # with every draw of the others: no prior of its own
UNMEASURED = {Status.ASSUMPTION, Status.CALIBRATED, Status.UNVERIFIED}
LIKELY = (0.05, 0.95)  # the central value lies between these quantiles of its prior


def files() -> list[Path]:
    regions = sorted(path / "parameters" for path in (CONFIGS / "region").iterdir())
    return [path for folder in (CONFIGS / "parameters", *regions) for path in yaml_files(folder)]


def parameters() -> dict[str, Number]:
    return {
        f"{path.relative_to(CONFIGS)}: {name}": read_number(table, f"{path}: {name}")
        for path in files()
        for name, table in read_yaml(path).items()
    }


PARAMETERS = parameters()


def test_no_number_has_trial_runs_of_the_model_for_a_source():
    assert not [path for path in files() if "trial run" in path.read_text("utf-8").casefold()]


def test_a_number_that_nobody_measured_has_a_prior():
    missing = [
        name
        for name, number in PARAMETERS.items()
        if number.status in UNMEASURED and not number.source.startswith(SOLVED) and number.prior is None
    ]
    assert not missing


def test_what_is_solved_is_drawn_only_where_nothing_solves_it():
    solved = {name: number for name, number in PARAMETERS.items() if number.source.startswith(SOLVED)}
    assert solved
    assert not [name for name, number in solved.items() if number.prior and not number.prior.solved]


@pytest.mark.parametrize("name", [name for name, n in PARAMETERS.items() if n.prior and n.prior.distribution])
def test_the_value_is_likely_under_its_own_prior(name: str):
    number = PARAMETERS[name]
    assert number.prior and number.value is not None
    low, high = (number.prior.quantile(share, number.range) for share in LIKELY)
    assert low <= number.value <= high
