"""Composes the configuration of a sweep with Hydra, from files that the hardened reader has read.

Hydra never opens a file of ours: what it composes are the tables of scenarios/load.py, so that a hostile file
costs one line instead of a minute.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from experiments.plan.drawn_sets import SOURCES
from experiments.plan.overrides import LITERAL, in_quotes
from scenarios.blocks import BLOCKS
from scenarios.lever import LeverFile
from scenarios.load import CONFIGS, central_values, load_choices, load_config, load_levers, load_parameters
from scenarios.region.folder import DEFAULT_REGION
from scenarios.values.errors import InputError, unknown

Composed = dict[str, Any]


def compose(
    choices: Mapping[str, str],
    values: Mapping[str, Any],
    folder: Path = CONFIGS,
    levers: Mapping[str, LeverFile] | None = None,
    region: str = DEFAULT_REGION,
    experiments: Mapping[str, Any] | None = None,
) -> Composed:
    """The composed configuration as plain data.

    `choices` picks files of a group (experiment, executor); `values` are set by their dotted keys;
    `levers` and `experiments` are those to choose from, the shipped ones unless given.

    Raises:
        InputError: an unknown choice, or what Hydra refuses.
    """
    from hydra import compose as hydra_compose
    from hydra.errors import HydraException
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    groups = _groups(folder, load_levers(folder, region=region) if levers is None else levers, region)
    groups["experiment"] = dict(experiments or groups["experiment"])
    for group, name in choices.items():
        if name not in groups[group]:
            raise InputError(unknown(group, name, groups[group]))
    words = [f"{group}={name}" for group, name in choices.items()]
    words += [f"{key}={written(value)}" for key, value in values.items() if key not in LITERAL]
    with _hydra_with(load_config(folder), groups):
        try:
            composed = hydra_compose("config", overrides=words)
        except (HydraException, OmegaConfBaseException) as error:
            raise InputError(" ".join(str(error).split())) from None
    plain = OmegaConf.to_container(composed)
    assert isinstance(plain, dict)
    # What looks like `${...}` in a path is a part of its name, and Hydra would not take it so.
    literal = {key: value for key, value in values.items() if key in LITERAL}
    return {str(key): value for key, value in plain.items()} | literal


def _groups(folder: Path, levers: Mapping[str, LeverFile], region: str) -> dict[str, dict[str, Any]]:
    unset = {
        name: dict.fromkeys([*lever.fields, *([BLOCKS] if lever.about.local else [])])
        for name, lever in levers.items()
    }
    return {
        "experiment": load_choices("experiment", folder),
        "executor": load_choices("executor", folder),
        "parameters": dict.fromkeys(SOURCES, central_values(load_parameters(folder, region))),
        "lever": {"as_in_scenario": unset},
    }


@contextmanager
def _hydra_with(config: Mapping[str, Any], groups: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
    """Hydra with these tables alone; a notebook's own Hydra is as before afterwards."""
    from hydra import initialize
    from hydra.core.config_store import ConfigStore
    from hydra.core.global_hydra import GlobalHydra

    repository = ConfigStore.instance().repo
    ours = ["config.yaml", *groups]
    before, running = (
        {key: repository.pop(key) for key in ours if key in repository},
        GlobalHydra.instance().hydra,
    )
    GlobalHydra.instance().hydra = None
    try:
        _store(config, groups)
        with initialize(version_base="1.3", config_path=None):
            yield
    finally:
        for key in ours:
            repository.pop(key, None)
        repository.update(before)
        GlobalHydra.instance().hydra = running  # the instance is not the one of before


def _store(config: Mapping[str, Any], groups: Mapping[str, Mapping[str, Any]]) -> None:
    from hydra.core.config_store import ConfigStore

    store = ConfigStore.instance()
    store.store(name="config", node=dict(config))
    for group, tables in groups.items():
        for name, table in tables.items():
            place = "_global_" if group == "experiment" else group
            store.store(group=group, name=name, node=dict(table), package=place)


def written(value: Any) -> str:
    """The value in Hydra's grammar."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return in_quotes(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_key(key)}:{written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(written(item) for item in value) + "]"
    return repr(value)


def _key(key: Any) -> str:
    """The key of a table, which the grammar knows without quotes alone."""
    return key if isinstance(key, str) and re.fullmatch(r"\w+", key) else written(key)
