"""Responses in a results folder: kept as numbers, from which table, figure and remarks are made anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from experiments.answer.dose_response import Response
from experiments.answer.dose_runs import units_of_measures
from experiments.store.store import Store


def keep(store: Store, found: Response) -> None:
    """Keep a response in a folder that is held, in place of an older one to the same field.

    Raises: CannotWrite, InTheWay.
    """
    store.keep_response(
        {
            "key": found.key,
            "unit": found.unit,
            "parameters": "central",
            "scale": found.scale,
            "dose_in_force": float(found.dose_in_force),
            "doses": found.doses.tolist(),
            "appropriated": found.appropriated.tolist(),
            "values": {name: values.tolist() for name, values in found.values.items()},
            "in_force": {name: values.tolist() for name, values in found.in_force.items()},
        }
    )


def kept(folder: Path | str) -> list[Response]:
    """The responses that a folder keeps, by the names of their fields; none where it keeps none.

    Raises: CorruptData at a damaged one; InputError where the folder's header is lost.
    """
    return [
        Response(
            key=one["key"],
            unit=one["unit"],
            scale=one["scale"],
            dose_in_force=one["dose_in_force"],
            doses=np.array(one["doses"], float),
            values=_measured(one["values"]),
            in_force=_measured(one["in_force"]),
            appropriated=np.array(one["appropriated"], float),
        )
        for one in Store(folder).kept_responses()
    ]


def _measured(kept_values: Mapping[str, list[Any]]) -> dict[str, np.ndarray]:
    """The values by measure in the order of tables; what no target of today measures comes last."""
    names = dict.fromkeys([*units_of_measures(), *kept_values])
    return {name: np.array(kept_values[name], float) for name in names if name in kept_values}
