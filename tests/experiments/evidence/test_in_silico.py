"""Experiments inside the model stand beside published ranges, each a hit or a miss."""

import pytest

from experiments.__main__ import main as command
from experiments.evidence.in_silico import ANY, EXPERIMENTS, Found, comparisons, lines
from scenarios.values.errors import InputError


def found(effect, accepted):
    return Found("talent", "talent_arrived", "%", effect, effect - 1, effect + 1, accepted, "somebody (2000)")


def test_an_effect_outside_the_published_range_is_a_miss():
    assert found(11.0, (8.0, 19.0)).hit
    assert not found(7.9, (8.0, 19.0)).hit
    assert found(1e9, (0.0, ANY)).hit


def test_the_table_names_effect_interval_range_verdict_and_source():
    head, hit, miss = lines([found(11.0, (8.0, 19.0)), found(2.0, (8.0, 19.0))]).splitlines()
    assert head.split()[0] == "experiment"
    for word in ("talent_arrived [%]", "11", "10 to 12", "8 to 19", "hit", "somebody (2000)"):
        assert word in hit
    assert "MISS" in miss


def test_an_unknown_experiment_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match="unknown experiment 'talents' - did you mean 'talent'"):
        comparisons(["talents"])


def test_too_few_pairs_for_an_interval_are_refused(capsys):
    assert command(["in-silico", "talent", "--replications", "1"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("name", ["talent", "guarantees"])
def test_an_experiment_gives_numbers_with_an_interval_around_the_mean(name):
    for row in EXPERIMENTS[name](2, 0.01):
        assert row.low <= row.effect <= row.high
