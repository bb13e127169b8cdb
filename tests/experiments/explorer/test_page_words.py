"""What the first lines of the page say: which targets, and how much of what is lacking a change closes."""

import pytest

from experiments.explorer.answer import closed


@pytest.mark.parametrize(
    ("mean", "before", "share"),
    [(0.5, 10.0, 0.25), (-0.5, 10.0, -0.25), (0.5, 12.0, None), (0.5, None, None), (None, 10.0, None)],
)
def test_a_change_is_a_share_of_what_was_lacking_where_something_was(mean, before, share):
    assert closed(mean, before, threshold=12.0) == share
