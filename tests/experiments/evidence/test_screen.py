"""The screen's arithmetic on moves made by hand, and a whole screen of two parameters of a small province."""

import numpy as np
import pytest

from experiments.__main__ import main
from experiments.evidence import drawing, screen
from experiments.evidence.screen import LUCK, Screened, chances, lines, moves, turned, values_at
from scenarios.values.errors import InputError
from scenarios.values.number import read_number

TABLE = {"unit": "share", "range": [0, 2], "value": 1.0, "source": "s", "status": "assumption"}
# Two trajectories of two parameters and luck: one row each at the start, then one move a row.
PLACES = np.array(
    [[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1], [0, 1, 0], [0, 1, 1], [1, 1, 1], [1, 0, 1]], dtype=float
)


def test_moves_are_those_within_a_trajectory():
    assert moves(PLACES).tolist() == [[0, 1, 0], [1, 2, 1], [2, 3, 2], [4, 5, 2], [5, 6, 0], [6, 7, 1]]


def test_a_sign_counts_as_turned_only_where_both_ends_can_be_told_from_luck():
    effect = np.array([5.0, -3.0, -0.5, 0.5, 2.0, 1.0, 1.2, -0.2])
    # luck moved it by 1.0 at most; factor 0 turns 5 to -3; factor 1 turns 1.2 to -0.2, which is luck's size
    assert turned(moves(PLACES), effect).tolist() == [1, 0, 0]
    effect[2:4] = [-2.0, 2.0]  # luck moves by 4.0, and turns the sign itself
    assert turned(moves(PLACES), effect).tolist() == [0, 0, 0]


def test_a_chance_is_one_half_at_the_threshold_and_certain_without_spread():
    assert chances(np.array([9.0, 10.0, 11.0]), 10.0, 1.0) == pytest.approx([0.1587, 0.5, 0.8413], abs=1e-4)
    assert chances(np.array([9.0, 10.0]), 10.0, 0.0).tolist() == [0.0, 1.0]


def test_a_place_becomes_values_of_the_priors():
    numbers = {"firms": {"x": read_number(TABLE | {"prior": {"uniform": [0, 2], "reason": "r"}}, "x")}}
    assert values_at(numbers, (("firms", "x"),), np.array([0.25, 1.0])) == {("firms", "x"): 0.5}


def test_what_decides_moves_a_point_and_more_than_luck_or_turns_a_sign():
    found = Screened(
        names=("a.small", "a.wide", "a.sign", "a.luckless", LUCK),
        shifts={"t": np.array([0.004, 0.3, 0.0, 0.015, 0.02]), "u": np.zeros(5)},
        flips={"plan": np.array([0, 0, 2, 0, 0])},
        trajectories=4,
    )
    assert [found.names[place] for place in found.deciding()] == ["a.wide", "a.sign"]
    said = "\n".join(lines(found))
    assert "2 of 4 parameters" in said
    assert "30.0 points" in said
    assert "plan (2)" in said


def test_no_line_is_wider_than_the_terminal(monkeypatch, terminal, capsys):
    names = ("research.a_parameter_with_a_long_name", LUCK)
    found = Screened(names, {"t": np.array([0.3, 0.02])}, {"plan": np.array([0, 0])}, trajectories=4)
    monkeypatch.setattr("experiments.command.screen.screen", lambda *_, **__: found)
    assert main(["screen"]) == 0
    assert names[0] in terminal(capsys.readouterr().out)


@pytest.mark.parametrize("words", [["--trajectories", "1"], ["--scale", "0"], ["--trajectories", "x"]])
def test_bad_words_are_refused_in_one_line(words, capsys):
    assert main(["screen", *words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("make", [screen.screen, lambda: drawing.draw(1)])
def test_parameters_without_distributions_are_refused(make, monkeypatch):
    for module in (screen, drawing):
        monkeypatch.setattr(module, "with_distribution", lambda _: [])
    with pytest.raises(InputError, match="no parameter has a distribution"):
        make()
