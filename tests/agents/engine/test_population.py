"""Populations: rows of a segment side by side, entry and exit, ids that last, views of rows."""

import copy
import pickle
import subprocess
import sys

import mesa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.engine.population import Column, Member, Population
from agents.engine.rules import PLAIN, stage


class Firm(Member):
    sales = Column("yuan/quarter")
    workers = Column("persons", np.int64, default=3)
    certified = Column("0 or 1", np.int8)
    orders = Column("yuan", width=4, default=0.5)


@pytest.fixture
def firms():
    """Two segments: ids 10, 11, 12 with sales 1, 2, 3 in segment 0; ids 20, 21 with 4, 5 in segment 1."""
    population = Population(Firm, segments=2, capacity_per_segment=4)
    population.add(0, [10, 11, 12], sales=[1.0, 2.0, 3.0])
    population.add(1, [20, 21], sales=[4.0, 5.0])
    return population


def sales_by_id(population):
    rows = population.rows()
    return dict(zip(population.id[rows].tolist(), population.sales[rows].tolist(), strict=True))


def slack_rows(population):
    return np.setdiff1d(np.arange(population.capacity), population.rows())


def firm(population, id):
    return next(population.members(np.array([population.row_of(id)])))


def contents(population):
    """Segment, sales, workers and orders of every id, with its row checked both ways."""
    seen = {}
    for row in population.rows().tolist():
        id = population.id.item(row)
        assert population.row_of(id) == row
        one = population.sales.item(row), population.workers.item(row)
        seen[id] = (int(population.segment_of(row)), *one, population.orders[:, row].tolist())
    return seen


# Entry


def test_members_of_a_segment_stand_side_by_side_from_its_start(firms):
    assert (firms.start.tolist(), firms.stop.tolist()) == ([0, 4], [3, 6])
    assert firms.id[firms.rows()].tolist() == [10, 11, 12, 20, 21]


def test_rows_come_back_in_the_order_of_the_ids_given():
    firms = Population(Firm, segments=3, capacity_per_segment=4)
    rows = firms.add([2, 0, 2, 1], [7, 8, 9, 6], sales=[70.0, 80.0, 90.0, 60.0])
    assert firms.id[rows].tolist() == [7, 8, 9, 6]
    assert firms.segment_of(rows).tolist() == [2, 0, 2, 1]
    assert sales_by_id(firms) == {7: 70.0, 8: 80.0, 9: 90.0, 6: 60.0}


def test_what_is_not_given_is_the_default(firms):
    rows = firms.add(1, [30])
    assert (firms.sales[rows], firms.workers[rows]) == (0.0, 3)
    assert firms.orders[:, rows].ravel().tolist() == [0.5] * 4


def test_a_full_segment_grows_and_everybody_keeps_their_numbers(firms):
    before = sales_by_id(firms)
    firms.add(0, [13, 14, 15], sales=6.0)
    assert sales_by_id(firms) == before | {13: 6.0, 14: 6.0, 15: 6.0}
    assert firms.capacity > 8


def test_automatic_ids_never_meet_ids_of_32_bits(firms):
    first = firms.id[firms.add(1, 2)].tolist()
    firms.add(0, 3)
    assert min(first) > 2**32 - 1
    assert len(sales_by_id(firms)) == 10


@pytest.mark.parametrize("looked_at_before", [False, True])
def test_two_members_of_one_id_are_noticed_when_somebody_looks(firms, looked_at_before):
    assert not looked_at_before or firms.row_of(10) == 0
    firms.add(1, [10])
    for _ in range(2):
        with pytest.raises(ValueError, match="same id"):
            firms.row_of(10)


def test_an_entry_that_fails_leaves_the_population_as_it_was(firms):
    before = contents(firms)
    with pytest.raises(ValueError, match="broadcast"):
        firms.add(0, [30], sales=[1.0], workers=[1, 2, 3])
    assert contents(firms) == before
    assert (firms.sales[slack_rows(firms)] == 0).all()
    assert (firms.id[slack_rows(firms)] == -1).all()


def test_an_unknown_column_is_named(firms):
    with pytest.raises(TypeError, match="Firm has no column profit"):
        firms.add(0, [30], profit=1.0)


# Exit


def test_the_last_of_the_segment_moves_into_the_hole(firms):
    firms.remove([0])
    assert firms.id[firms.rows()].tolist() == [12, 11, 20, 21]


def test_several_leave_one_segment_in_any_order_at_once(firms):
    firms.remove([5, 2, 0])
    assert sales_by_id(firms) == {11: 2.0, 20: 4.0}


def test_vacated_rows_hold_the_defaults_again(firms):
    firms.orders[:, 1] = 9.0
    firms.workers[2] = 8
    firms.remove([1, 2])
    assert (firms.workers[[1, 2]].tolist(), firms.orders[:, 1].tolist()) == ([3, 3], [0.5] * 4)
    assert firms.id[[1, 2]].tolist() == [-1, -1]


def test_nobody_leaves_when_no_row_is_given(firms):
    firms.remove([])
    assert len(firms) == 5


@pytest.mark.parametrize("rows", [[3], [0, 7], [-1], [8], [1, 1]])
def test_rows_where_nobody_lives_or_named_twice_are_refused_and_nobody_leaves(firms, rows):
    before = contents(firms)
    with pytest.raises(ValueError, match="row"):
        firms.remove(rows)
    assert contents(firms) == before


EVENT = st.tuples(st.booleans(), st.integers(0, 7), st.integers(0, 2**32), st.booleans())


@given(st.lists(EVENT, max_size=25))
def test_any_history_of_entry_and_exit_keeps_everybody_and_the_slack(events):
    firms, truth = Population(Firm, segments=4, capacity_per_segment=2), {}
    for number, (entry, n, seed, looked_at) in enumerate(events):
        chance = np.random.default_rng(seed)
        if entry:
            segments, sales, ids = chance.integers(0, 4, n), chance.random(n), np.arange(n) + 100 * number
            firms.add(segments, ids, sales=sales, workers=ids, orders=sales)
            entrants = zip(ids.tolist(), segments.tolist(), sales.tolist(), strict=True)
            truth |= {id: (segment, sold, id, [sold] * 4) for id, segment, sold in entrants}
        else:
            leaving = chance.permutation(firms.rows())[:n]
            truth = {i: numbers for i, numbers in truth.items() if i not in firms.id[leaving]}
            firms.remove(leaving)
        if looked_at:
            assert contents(firms) == truth
    assert contents(firms) == truth
    slack = slack_rows(firms)
    for name, column in Firm.columns.items():
        assert (firms.columns[name][..., slack] == column.default).all()


# Ids


def test_a_row_is_found_by_its_id_after_its_member_moved(firms):
    assert firms.row_of(12) == 2
    firms.remove([0])
    assert firms.row_of(12) == 0
    assert firms.rows_of([21, 12]).tolist() == [5, 0]


def test_an_id_that_left_is_no_key(firms):
    firms.remove([0])
    with pytest.raises(KeyError, match="no living Firm has the id 10"):
        firms.row_of(10)
    assert firms.living_rows_of(np.array([10, 11])).tolist() == [1]


# Arrays


def test_arrays_show_the_same_memory(firms):
    firms.arrays().sales[0] = 99.0
    assert firms.sales[0] == 99.0
    assert firms.arrays()._fields == ("id", "sales", "workers", "certified", "orders")
    assert firms.arrays("workers", "sales")._fields == ("workers", "sales")


def test_arrays_follow_when_the_population_grows(firms):
    firms.arrays("sales")
    firms.add(0, [13, 14, 15], sales=6.0)
    assert firms.arrays("sales").sales is firms.columns["sales"]


def test_a_stage_is_compiled_once_for_all_populations_of_a_class(firms):
    @stage
    def total(arrays, start, stop):
        result = 0.0
        for i in range(start, stop):
            result += arrays.sales[i]
        return result

    assert total(firms.arrays(), firms.start[0], firms.stop[0]) == 6.0
    firms.add(0, [13, 14, 15], sales=6.0)
    for population in (firms, copy.deepcopy(firms), pickle.loads(pickle.dumps(firms))):
        assert total(population.arrays(), population.start[0], population.stop[0]) == 24.0
    assert PLAIN or len(total.signatures) == 1


def test_a_type_of_some_arrays_is_found_by_name_in_a_process_that_never_made_it(firms):
    pickled = pickle.dumps(type(firms.arrays("sales", "workers")))
    read = f"import pickle; print(pickle.loads({pickled!r})._fields)"
    printed = subprocess.run([sys.executable, "-c", read], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "('sales', 'workers')"


def test_the_type_of_all_arrays_is_found_by_the_name_of_the_class(firms):
    assert pickle.loads(pickle.dumps(type(firms.arrays()))) is Firm.Arrays


@pytest.mark.parametrize("capacity", [512, 2048, 4096, 5000])
def test_the_numbers_of_a_row_lie_in_different_sets_of_the_cache(capacity):
    firms = Population(Firm, segments=9, capacity_per_segment=capacity)
    distance = firms.orders[1].ctypes.data - firms.orders[0].ctypes.data
    sets = {distance * column // 64 % 64 for column in range(60)}
    assert len(sets) == 60


def test_an_array_cannot_be_replaced(firms):
    with pytest.raises(AttributeError, match=r"write sales\[rows\]"):
        firms.sales = np.zeros(8)


def test_a_missing_column_is_an_attribute_error(firms):
    with pytest.raises(AttributeError, match="profit"):
        firms.profit  # noqa: B018


def test_a_column_named_like_a_part_of_the_population_is_refused():
    class Counted(Member):
        count = Column("persons")

    with pytest.raises(TypeError, match="count"):
        Population(Counted)


# Copies


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda firms: pickle.loads(pickle.dumps(firms))])
def test_a_copy_is_equal_and_its_own(firms, copied):
    firms.row_of(10)
    twin = copied(firms)
    assert contents(twin) == contents(firms)
    twin.remove([0])
    twin.sales[:] = 0.0
    assert sales_by_id(firms) == {10: 1.0, 11: 2.0, 12: 3.0, 20: 4.0, 21: 5.0}


# Columns and members


def test_a_column_of_the_class_tells_its_unit_type_and_default():
    assert (Firm.workers.unit, Firm.workers.dtype, Firm.workers.default) == ("persons", np.int64, 3)
    assert list(Firm.columns) == ["sales", "workers", "certified", "orders"]


def test_a_subclass_has_the_columns_of_its_base_and_its_own():
    class Exporter(Firm):
        exports = Column("yuan/quarter")

    assert list(Exporter.columns) == [*Firm.columns, "exports"]
    assert "exports" not in Firm.columns


def test_a_member_reads_and_writes_its_row_as_python_numbers(firms):
    member = firm(firms, 11)
    member.workers = 7
    member.orders = (1.0, 2.0, 3.0, 4.0)
    assert type(member.sales) is float
    assert (firms.workers[1], firms.orders[:, 1].tolist()) == (7, [1.0, 2.0, 3.0, 4.0])
    assert (member.workers, member.orders, member.segment) == (7, (1.0, 2.0, 3.0, 4.0), 0)


def test_a_member_is_followed_when_it_moves(firms):
    member = firm(firms, 12)
    firms.remove([0])
    firms.add(0, [13], sales=8.0)
    assert (member.sales, member.row) == (3.0, 0)


def test_a_member_that_left_raises_and_does_not_read_its_successor(firms):
    member = firm(firms, 10)
    member.remove()
    for read in (lambda: member.sales, lambda: setattr(member, "sales", 1.0), lambda: member.segment):
        with pytest.raises(ReferenceError, match="Firm 10 has left the model"):
            read()
    assert (member.id, member.living, firms.sales[0]) == (10, False, 3.0)
    member.remove()
    assert len(firms) == 4


def test_what_is_no_column_cannot_be_kept_on_a_view(firms):
    with pytest.raises(AttributeError, match="Firm has no column 'profit'"):
        firm(firms, 10).profit = 1.0


def test_two_views_of_one_member_are_equal_and_of_two_members_or_populations_are_not(firms):
    twin = copy.deepcopy(firms)
    assert len({firm(firms, 10), firm(firms, 10), firm(firms, 11), firm(twin, 10)}) == 3


def test_a_view_is_pickled_with_its_population(firms):
    member, population = pickle.loads(pickle.dumps((firm(firms, 11), firms)))
    assert (member.sales, member.population) == (2.0, population)


def test_joining_a_model_numbers_those_who_are_there_and_those_who_come(firms):
    model = mesa.Model(rng=1)
    firms.join(model)
    firms.add(0, [13])
    assert sorted(firms.unique_id[firms.rows()].tolist()) == [1, 2, 3, 4, 5, 6]
    assert model.agent_id_counter == 7
