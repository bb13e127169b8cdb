"""The largest firms of the draw are those published, and everything that is stated stays as it was."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.load import central_values, load_parameters
from scenarios.region.largest_firms import LargestFirm
from scenarios.region.marginals import Marginals
from scenarios.region.region import load_region
from sim.luck.ids import START, member_id
from sim.start.firm_table import AGE, CERTIFIED, INDUSTRY, PREFECTURE, SIZE, firm_table
from sim.start.largest_firms import meant, put_first, that_fit, with_room, with_their_places
from sim.start.places import Places, start_places

BILLION = 10**9
LISTED = tuple(LargestFirm(0, 0, sales * BILLION) for sales in (30, 20, 15, 12, 9, 8, 7, 5, 4, 2))


@pytest.fixture(scope="module")
def marginals() -> Marginals:
    synthesis = central_values(load_parameters())["synthesis"]
    return load_region("hunan").marginals.with_constants(**synthesis)


@pytest.fixture(scope="module")
def unlisted(marginals: Marginals) -> Marginals:
    return replace(marginals, largest_firms=())


def sold_at(places: Places, firm: LargestFirm) -> list[int]:
    here = (places.prefecture == firm.prefecture) & (places.industry == firm.industry)
    return places.sales[here].astype(np.int64).tolist()


def test_each_listed_firm_stands_in_its_place_and_industry_with_its_sales(marginals: Marginals):
    places = start_places(marginals, 1.0)
    assert len(marginals.largest_firms) == 18
    for firm in marginals.largest_firms:
        assert sold_at(places, firm).count(firm.sales) == marginals.largest_firms.count(firm)


def test_nobody_sells_more_than_the_largest_of_them(marginals: Marginals, unlisted: Marginals):
    assert start_places(marginals, 1.0).sales.max() == marginals.largest_firms[0].sales
    assert start_places(unlisted, 1.0).sales.max() > marginals.largest_firms[0].sales


@pytest.mark.parametrize("scale", [0.01, 0.05, 0.2, 1.0, 25_000 / 17_530])
def test_total_sales_and_the_stated_counts_stay(marginals: Marginals, unlisted: Marginals, scale: float):
    places, before = start_places(marginals, scale), start_places(unlisted, scale)
    assert places.sales.astype(np.int64).sum() == before.sales.astype(np.int64).sum()
    axes = (INDUSTRY, SIZE, PREFECTURE, AGE, CERTIFIED)
    for kept in [
        (INDUSTRY, SIZE),
        (AGE,),
        (SIZE, CERTIFIED),
        (PREFECTURE, CERTIFIED),
        (INDUSTRY, PREFECTURE),
    ]:
        away = tuple(axis for axis in axes if axis not in kept)
        assert (places.table.sum(axis=away) == before.table.sum(axis=away)).all()
    sizes = np.digitize(places.sales, marginals.size_lower_bound * 1e6) - 1
    assert (sizes == places.size_class).all()


def test_industries_and_places_sell_about_what_they_did(marginals: Marginals, unlisted: Marginals):
    """Firms that are not listed go where sales lack: one large firm decides no place's share."""
    places, before = start_places(marginals, 1.0), start_places(unlisted, 1.0)
    for column in ("industry", "prefecture"):
        now, then = (np.bincount(getattr(p, column), p.sales) / p.sales.sum() for p in (places, before))
        assert np.abs(now - then).max() < 0.012


def test_ids_tell_no_more_than_place_industry_and_rank(marginals: Marginals):
    places = start_places(marginals, 1.0)
    assert np.unique(places.id).size == places.id.size
    assert (places.id - places.id % 2**24 == member_id(START, places.prefecture, places.industry, 0)).all()


@pytest.mark.parametrize(
    ("scale", "sales"),
    [
        (2.0, [30, 20, 15, 12, 9, 8, 7, 5, 4, 2]),
        (0.5, [20, 12, 8, 5, 2]),
        (0.2, [15, 5]),
        (0.1, [8]),
        (0.04, []),
    ],
)
def test_a_part_of_the_firms_has_the_middle_one_of_each_part_of_the_list(scale: float, sales: list[int]):
    assert [firm.sales // BILLION for firm in meant(LISTED, scale)] == sales


def test_a_place_without_a_firm_of_the_class_gets_one_in_trade(marginals: Marginals):
    table = firm_table(marginals, 0.2)
    counts = table.sum(axis=(AGE, CERTIFIED))
    assert counts[0, -1, 1] == 0
    firm = LargestFirm(1, 0, 30 * BILLION)
    assert with_their_places([firm], counts) == []
    traded = with_room(table, [firm]).sum(axis=(AGE, CERTIFIED))
    assert traded[0, -1, 1] == 1
    assert with_their_places([firm, firm], traded) == [firm]
    assert np.abs(traded - counts).sum() == 4


def test_a_trade_nobody_can_make_leaves_the_table_as_it_is():
    table = np.zeros((1, 2, 2, 1, 2), np.int64)
    table[0, 1, 0, 0, 1] = 1  # certified, of the largest class
    table[0, 0, 1, 0, 0] = 5  # not certified
    assert (with_room(table, [LargestFirm(1, 0, BILLION)]) == table).all()


def test_the_others_make_up_for_the_listed_to_the_yuan():
    sales = np.array([50.0, 30.0, 10.0, 5.0, 2.0]) * BILLION + 7.0
    total = int(sales.sum())
    assert put_first(sales, LISTED[1:3], BILLION) == list(LISTED[1:3])
    assert sales[:2].tolist() == [20 * BILLION, 15 * BILLION]
    assert int(sales.sum()) == total
    assert (sales[2:] >= BILLION).all() and (np.diff(sales[2:]) < 0).all()


def test_listed_firms_that_leave_nothing_for_the_others_are_left_out_the_largest_first():
    sales = np.array([20.0, 4.0, 3.0]) * BILLION
    assert that_fit(LISTED[:1], sales, BILLION) == []
    assert that_fit(LISTED[:2], sales, BILLION) == [LISTED[1]]  # 20 and two of 1 billion fit into 27
    assert put_first(sales[:1], LISTED, BILLION) == []
