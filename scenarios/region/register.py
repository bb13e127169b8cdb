"""How much of technology contracts is registered in a region, by year, kind of seller and region group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.values.errors import InputError
from scenarios.values.number import read_number
from scenarios.values.tables import Vector, entry, frozen, read_table
from scenarios.values.yaml_reader import read_yaml

YEARS = (2016, 2017, 2018, 2019, 2020)


@dataclass(frozen=True)
class ContractRegister:
    """Yuan registered per yuan traded, by year; by_group: of each region group against others."""

    firms: Vector
    universities: Vector
    by_group: Vector


def read_contract_register(path: Path, groups: Sequence[str]) -> ContractRegister:
    """The register of a region's file.

    Raises:
        InputError: a year or a region group is missing or unknown, or nothing is registered anywhere.
    """
    content, where = read_yaml(path), str(path)
    by_group = read_table(content, "by_group", groups, where).array(groups)
    if not by_group.any():
        raise InputError(f"{where}: by_group is 0 everywhere; one region group at least must register")
    return ContractRegister(
        firms=_by_year(content, "firms", where),
        universities=_by_year(content, "universities", where),
        by_group=frozen(by_group),
    )


def _by_year(content: Mapping[str, Any], key: str, where: str) -> Vector:
    dated = dict(read_number(entry(content, key, where), f"{where}: {key}").dated)
    if tuple(sorted(dated)) != YEARS:
        raise InputError(
            f"{where}: {key} is given for {', '.join(map(str, sorted(dated)))}; needs 2016 to 2020"
        )
    return frozen(np.array([dated[year] for year in YEARS], np.float64))
