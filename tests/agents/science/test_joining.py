"""Institutes that join: a row everywhere, nothing yet, and nothing taken from others."""

import numpy as np
import pytest

from agents.science.joining import Joined, join_institutions
from agents.science.universities import Examination, Universities, UniversityParameters
from scenarios.load import central_values, load_parameters

PARAMETERS = UniversityParameters(**central_values(load_parameters())["universities"])
LUCK = np.full((4, 3), 0.5)


def institutions():
    """Two universities, three to one in size, and an institute."""
    return Universities(
        PARAMETERS,
        ("first", "second", "third"),
        ("university", "university", "institute"),
        np.array([0, 2, 0]),
        np.array([0.75, 0.25, 1.0]),
        np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]]),
        Examination(8, np.full(3, 0.35), (0.0, 0.0)),
        1.0,
    )


def joined(research=1e8):
    """One institute of the second field in prefecture 5."""
    return Joined(("new_institute_1",), np.array([123]), np.array([5]), np.array([[0.0, 1.0]]), research)


def test_an_institute_that_joins_has_a_row_everywhere_and_nothing_yet():
    universities = institutions()
    join_institutions(universities, joined(), 2021)
    assert len(universities) == 4
    assert universities.core == 3
    for name in ("members", "kind", "prefecture", "weights", "knowledge", "valid", "high_value", "research"):
        assert len(getattr(universities, name)) == 4, name
    assert universities.pending.shape == (8, 4)
    assert universities.members.tolist() == [0, 1, 2, 123]
    assert universities.knowledge[3] == universities.valid[3] == universities.pending[:, 3].sum() == 0
    assert universities.high_value_share[3] == pytest.approx(0.35)


def test_who_joins_takes_nothing_of_the_core_money_of_others():
    before, after = institutions(), institutions()
    join_institutions(after, joined(), 2021)
    assert after.expected_research(2021).tolist() == before.expected_research(2021).tolist()
    assert after.contract_weights.tolist() == [0.75, 0.25, 0.0, 0.0]


def test_who_joins_changes_nothing_of_what_others_learn():
    before, after = institutions(), institutions()
    join_institutions(after, joined(), 2021)
    before.research, after.research = np.full(3, 10**8), np.full(4, 10**8)
    before.learn(20, 1.0, LUCK)
    after.learn(20, 1.0, np.full((4, 4), 0.5))
    assert after.knowledge[:3].tolist() == before.knowledge.tolist()
    assert after.pending[:, :3].tolist() == before.pending.tolist()
    assert after.knowledge[3] > 0.0


def test_an_institute_files_as_many_patents_per_yuan_as_its_sector():
    universities = institutions()
    join_institutions(universities, joined(research=1e9), 2021)
    sector = 4.0 * universities.expected_research(2021)[2]
    universities.research = np.array([0, 0, round(sector / 4), 25 * 10**7])
    universities.pending[:] = 0
    universities.learn(20, 1.0, np.zeros((4, 4)))
    filed = universities.pending[20 % 8]
    assert filed[3] == pytest.approx(filed[2] * 1e9 / sector, abs=1)
