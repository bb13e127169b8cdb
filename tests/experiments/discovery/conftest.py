"""Fewer halves of the runs than a user's answer has: what is found in these tests hangs on no one of them."""

import pytest


@pytest.fixture(autouse=True, scope="package")
def fewer_halves():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.discovery.tested.PAIRS", 12)
        yield
