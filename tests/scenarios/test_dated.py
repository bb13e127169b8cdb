"""A change replaces a path from its first year on; a multiple follows what it is a multiple of."""

import pytest

from scenarios.dated import Times, replaced_from, times

TWICE = Times(2.0)


@pytest.mark.parametrize(
    ("path", "change", "found"),
    [
        (((2016, 1.0), (2024, 1.5)), ((2023, TWICE),), ((2016, 1.0), (2023, 2.0), (2024, 3.0))),
        (((2016, 1.0), (2024, 1.5)), ((2021, TWICE), (2023, 5.0)), ((2016, 1.0), (2021, 2.0), (2023, 5.0))),
        (((2016, 1.0),), ((2022, Times(1.0)),), ((2016, 1.0),)),
        (((2016, 1.0), (2023, 4.0)), ((2023, TWICE),), ((2016, 1.0), (2023, 8.0))),
        (
            ((2016, 1.0), (2022, 3.0)),
            ((2021, TWICE), (2024, Times(0.5))),
            ((2016, 1.0), (2021, 2.0), (2022, 6.0), (2024, 1.5)),
        ),
    ],
)
def test_a_multiple_follows_every_later_step(path, change, found):
    assert replaced_from(path, change) == found


def test_a_multiple_may_be_of_another_path():
    assert replaced_from(((2016, 0.0),), ((2022, TWICE),), ((2016, 3.0),)) == ((2016, 0.0), (2022, 6.0))


@pytest.mark.parametrize("text", ["x2", "x0.5", "x0", "x1000"])
def test_a_multiple_is_written_with_an_x(text):
    assert times(text) == Times(float(text[1:]))


@pytest.mark.parametrize("text", ["2x", "x-1", "x", "x1e9", "xx2", "X2", "x2 ", "x10000", 2, None, ["x2"]])
def test_anything_else_is_none(text):
    assert times(text) is None
