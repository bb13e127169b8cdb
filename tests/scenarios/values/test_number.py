"""A number carries unit, range, source and status, or is refused."""

import pytest

from scenarios.values.errors import InputError
from scenarios.values.number import Number, Status, read_number, value_at

RATE = {
    "unit": "share of R&D",
    "range": [0, 0.5],
    "values": {"2016": 0, "2018": 0.1},
    "source": "a decree",
    "status": "sourced",
}
CONSTANT = {key: item for key, item in RATE.items() if key != "values"} | {"value": 0.04}


@pytest.mark.parametrize("key", ["unit", "range", "source", "status"])
def test_a_number_without_it_is_refused_by_name(key: str):
    table = {k: v for k, v in RATE.items() if k != key}
    with pytest.raises(InputError, match=f"lever.yaml: rate has no '{key}'"):
        read_number(table, "lever.yaml: rate")


REFUSED = {
    "a number alone": (0.1, "needs unit, range"),
    "neither value nor values": ({k: v for k, v in RATE.items() if k != "values"}, "either 'value'"),
    "both value and values": (RATE | {"value": 0.1}, "either 'value'"),
    "values without a year": (RATE | {"values": {}}, "names no year"),
    "a year misspelt": (RATE | {"values": {"20l6": 0}}, "'20l6' is not a year"),
    "a year in full-width digits": (RATE | {"values": {"２０１６": 0}}, "is not a year"),
    "a value out of range": (
        RATE | {"values": {"2016": 0.7}},
        r"in 2016 is 0.7, outside 0 to 0.5 \(share of R&D\)",
    ),
    "a constant out of range": (CONSTANT | {"value": -1}, "is -1, outside 0 to 0.5"),
    "a truth value": (CONSTANT | {"value": True}, "value is the truth value true"),
    "a text": (CONSTANT | {"value": "0.1"}, "value is the text '0.1'"),
    "a list": (CONSTANT | {"value": [0.1]}, r"value is the list \[0.1\]"),
    "not a number": (CONSTANT | {"value": float("nan")}, "not a finite number"),
    "an infinite range": (RATE | {"range": [0, float("inf")]}, "not a finite number"),
    "a range upside down": (RATE | {"range": [1, 0]}, "not from low to high"),
    "a range of three": (RATE | {"range": [0, 1, 2]}, "at most 2"),
    "an empty unit": (RATE | {"unit": " "}, "unit"),
    "a status of its own": (RATE | {"status": "illustrative"}, "'illustrative'"),
    "a key misspelt": (RATE | {"sorce": "x"}, "unknown key 'sorce' - did you mean 'source'"),
}


@pytest.mark.parametrize(("table", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_no_number(table: object, reason: str):
    with pytest.raises(InputError, match=reason):
        read_number(table, "f.yaml: rate")


def test_a_dated_value_holds_until_the_next():
    rate = read_number(RATE, "rate")
    assert [rate.at(year) for year in (2016, 2017, 2018, 2025)] == [0, 0, 0.1, 0.1]


def test_before_the_first_date_there_is_no_value():
    with pytest.raises(ValueError, match="no value in 2015"):
        value_at(((2016, 1.0),), 2015)


def test_a_constant_holds_in_every_year():
    assert read_number(CONSTANT, "rate").at(2016) == 0.04


def test_whole_numbers_become_floats_where_the_type_says_float():
    number = read_number(CONSTANT | {"range": [0, 5], "value": 3}, "rate")
    assert (type(number.value), type(number.range[0])) == (float, float)


def test_a_number_cannot_be_changed_after_reading():
    number: Number = read_number(RATE, "rate")
    with pytest.raises(ValueError, match="frozen"):
        number.unit = "yuan"  # type: ignore[misc]
    assert number.status is Status.SOURCED


@pytest.mark.parametrize(
    "value", [True, "0.2", None, [0.2], {"a": 1}, float("nan"), float("inf"), 10**400, -0.1, 0.6]
)
def test_a_value_that_does_not_fit_is_refused_with_place_range_and_unit(value: object):
    with pytest.raises(InputError, match=r"lever.x.rate is .*0 to 0.5 \(share of R&D\)"):
        read_number(RATE, "rate").checked(value, "lever.x.rate")


def test_minus_zero_is_zero():
    assert str(read_number(RATE, "rate").checked(-0.0, "rate")) == "0.0"
