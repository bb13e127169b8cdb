"""K1: unequal contents are never pooled under a label, equal ones are one point; pairs are one to one."""

import random

import toy_model
from sealed_toy import RUNS, folder_of

from experiments import targets
from experiments.answer.pairs import paired
from experiments.plan.points import shown
from experiments.plan.sweep_plan import plan_sweep
from experiments.read import reading
from scenarios.values.errors import InputError

RATE = "lever.rd_subsidy.rate"
BASE = toy_model.scenario("as_in_2020")


def neighbour(value, luck):
    """A number next to another, or the same written otherwise."""
    return luck.choice(
        [value, value * (1 + 2**-52), value * (1 - 2**-53), float(f"{value:.6g}"), value + 1e-9]
    )


def test_edits_of_a_reform_under_its_name_are_never_pooled(battery, tmp_path):
    luck = random.Random(81)
    for trial in range(battery.trials(2, 60)):
        rates = [0.1]
        while len(rates) < 3:
            rates.append(neighbour(luck.choice(rates), luck))
        folder = folder_of(tmp_path / f"{trial}", BASE, *(toy_model.scenario("mine", rate) for rate in rates))
        runs = reading.load_runs(folder, all_runs=True)
        counts = [row["runs"] for row in targets(folder, all_runs=True) if row["target"] == "all"]
        base = runs[runs.point == "as_in_2020"]
        pairs = [len(paired(rows, base)) for point, rows in runs.groupby("point") if point != "as_in_2020"]
        well = counts == [RUNS] * (1 + len(set(rates))) and pairs == [RUNS] * len(set(rates))
        battery.record("K1", well, f"rates {rates}")


def test_two_values_are_two_labels_or_refused_as_one(battery):
    luck = random.Random(82)
    for _ in range(battery.trials(8, 2000)):
        first = luck.uniform(0.01, 0.4)
        second = neighbour(first, luck)
        words = ["scenario=as_in_2020", f"{RATE}={first!r},{form_of(second, luck)}"]
        try:
            labels = {point.label for point in plan_sweep(words).points}
        except InputError as error:
            well = first == second and "twice" in str(error)
        else:
            well = first != second and len(labels) == 2
        battery.record("K1", well, " ".join(words))


def form_of(value, luck):
    """A value as a number, or as dates that mean the same."""
    forms = ["{0!r}", "{{2021:{0!r}}}", "{{2021:{0!r},2023:{0!r}}}"]
    return luck.choice(forms).format(value)


def test_a_label_reads_back_as_its_value(battery):
    luck = random.Random(83)
    for _ in range(battery.trials(200, 100_000)):
        value = luck.choice([1, -1]) * luck.random() * 10.0 ** luck.randrange(-30, 30)
        battery.record("K1", float(shown(value)) == value, repr(value))
