"""A change is checked the same way wherever it is written."""

from pathlib import Path

import pytest

from scenarios.files.changes import lever_change, parameter_value, switched_off
from scenarios.load import load_levers, load_parameters
from scenarios.values.errors import InputError


def test_a_number_holds_from_2021_on(small_configs: Path, small_levers: str):
    levers = load_levers(small_configs, small_levers)
    assert lever_change("voucher", "share", 1 / 2, levers) == ((2021, 0.5),)


def test_dates_are_put_in_order(small_configs: Path, small_levers: str):
    levers = load_levers(small_configs, small_levers)
    assert lever_change("voucher", "share", {2024: 0, 2022: 0.5}, levers) == ((2022, 0.5), (2024, 0.0))


def test_one_year_spelt_in_two_ways_is_refused(small_configs: Path, small_levers: str):
    levers = load_levers(small_configs, small_levers)
    with pytest.raises(InputError, match="has one year twice"):
        lever_change("voucher", "share", {2022: 0, "2022": 0.5}, levers)


def test_switching_off_leaves_what_cannot_be_zero(small_configs: Path, small_levers: str):
    off = switched_off(load_levers(small_configs, small_levers))
    assert set(off) == {("voucher", "share"), ("voucher", "budget"), ("yearly_prize", "winners")}
    assert set(off.values()) == {((2021, 0.0),)}


def test_a_parameter_out_of_range_is_refused_with_range_and_unit(small_configs: Path):
    parameters = load_parameters(small_configs)
    assert parameter_value("firms", "step", 1, parameters) == 1.0
    with pytest.raises(InputError, match=r"parameters.firms.step is 2, outside 0 to 1 \(share\)"):
        parameter_value("firms", "step", 2, parameters)
