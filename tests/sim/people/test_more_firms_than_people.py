"""A run whose firms become more than the people of its province ends in a line, not when memory ends."""

import pytest

from sim.model import IndustrialPolicyModel, choose
from sim.people.steps import TooFewPeople
from sim.setting import Setting


def test_more_firms_than_people_end_the_run(monkeypatch):
    model = IndustrialPolicyModel(choose("as_in_2020", scale=0.004))
    monkeypatch.setattr(Setting, "population", lambda *_: 1_000.0)
    model.run_for(2)
    monkeypatch.setattr(Setting, "population", lambda *_: 10.0)
    with pytest.raises(TooFewPeople, match=r"^quarter 2: \d\d technology firms and 10 people of"):
        model.step()
