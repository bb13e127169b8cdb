"""B1: every identity holds to the yuan, in every quarter, whatever the values within their ranges."""

import pytest
from random_configurations import drawn_spec, trouble

GROUPS = 10  # of configurations, so that the workers of pytest share them


@pytest.mark.parametrize("group", range(GROUPS))
def test_books_balance_and_all_is_finite_for_values_drawn_within_their_ranges(battery, group):
    for configuration in range(group, battery.trials(20, 1_000), GROUPS):
        found = trouble(drawn_spec(configuration))
        battery.record("B1", not found, f"configuration {configuration}: {found}")
