"""Grants under each rule by which a programme may select."""

from experiments.evidence.selection_rules import grants_by_rule


def test_grants_are_compared_under_every_rule():
    found = grants_by_rule(scale=0.05, replications=1)
    assert found.index.tolist() == ["alike", "first_come", "rank"]
    assert (found["granted after a grant"] > found["granted"]).all()
