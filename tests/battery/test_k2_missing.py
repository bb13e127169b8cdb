"""K2: a value that a run has not, or that is not finite, is neither hit nor miss, and null in JSON."""

import json
import math
import random

import numpy as np
import pandas as pd
import pytest
from sealed_toy import folder_of

from experiments.answer.comparison_table import difference_row
from experiments.answer.pairs import differences
from experiments.answer.table import chance, counted, spread
from experiments.answer.target_table import block
from experiments.read.hits import recounted
from experiments.store.store import Store
from scenarios.targets import load_targets

MISSING = (None, math.nan, math.inf, -math.inf)
TARGETS = load_targets()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return folder_of(tmp_path_factory.mktemp("k2") / "r")


def holed(folder, luck):
    """Runs of which some have lost a value of some target, and how many have lost one, by target."""
    rows = Store(folder).table("runs").to_pandas()
    lost = dict.fromkeys(TARGETS, 0)
    for name in TARGETS:
        gone = [place for place in rows.index if luck.random() < 0.3]
        for place in gone:
            rows.loc[place, name] = luck.choice(MISSING)
        lost[name] = len(gone)
    return recounted(Store(folder), rows), lost


def is_number_or_null(value):
    return value is None or isinstance(value, str) or math.isfinite(value)


def test_missing_values_are_bounds_and_never_hits(battery, folder):
    luck = random.Random(91)
    for trial in range(battery.trials(10, 500)):
        rows, lost = holed(folder, luck)
        told = {name: chance(rows, name) for name in TARGETS}
        finite = {name: int(np.isfinite(rows[name].astype(float)).sum()) for name in TARGETS}
        for name, p in told.items():
            most = sum(TARGETS[name].is_met_by(value) for value in rows[name] if value is not None)
            well = p.failed == lost[name] and p.hits == most <= finite[name]
            values = [*counted(p).values(), *spread(rows, name).values()]
            battery.record("K2", well and all(map(is_number_or_null, values)), f"{trial} {name}")
        text = " ".join(cell for line in block(rows, TARGETS) for cell in line)
        battery.record("K2", not {"nan", "inf", "-inf"} & set(text.split()), f"{trial} text: {text}")


def test_differences_of_runs_without_values_are_null_and_words(battery, folder):
    luck = random.Random(92)
    for trial in range(battery.trials(10, 500)):
        (a, _), (b, _) = holed(folder, luck), holed(folder, luck)
        size = luck.choice([1, 2, 6])
        rows = differences(pd.DataFrame(a[:size]), pd.DataFrame(b[:size]))
        text = json.dumps(rows, allow_nan=True)
        lines = [" ".join(difference_row(row, TARGETS.get(row["target"]))) for row in rows]
        well = not any(word in text for word in ("NaN", "Infinity"))
        said = not any(word in line.split() for line in lines for word in ("nan", "inf", "[nan", "[-inf"))
        battery.record("K2", well and said, f"{trial}: {lines}")
