"""Cells are told industry by industry, place by place, whatever the size of the region."""

import numpy as np

from agents.geography import Geography
from agents.money.chart import Accounts
from agents.money.flows import Sector

SMALL = Geography(places=3, industries=2)


def test_every_industry_has_a_cell_in_every_place():
    assert SMALL.cells == 6
    assert list(SMALL.first_cells) == [0, 3]
    assert SMALL.place_of_cell.tolist() == [0, 1, 2, 0, 1, 2]


def test_what_is_told_by_cell_is_seen_by_industry_and_place_without_a_copy():
    cells = np.arange(6)
    SMALL.by_industry(cells)[1, 0] = 9
    assert cells.tolist() == [0, 1, 2, 9, 4, 5]
    assert SMALL.by_industry(np.zeros((6, 4))).shape == (2, 3, 4)


def test_every_place_has_an_account_of_its_prefecture_and_one_of_its_households():
    accounts = Accounts(3, universities_count=2, funds_count=1)
    assert [accounts.sector[n] for n in range(7, 13)] == [Sector.PREFECTURES] * 3 + [Sector.HOUSEHOLDS] * 3
    assert accounts.universities == slice(13, 15) and accounts.funds == slice(15, 16)
    assert accounts.name_of(12) == "households[2]"
