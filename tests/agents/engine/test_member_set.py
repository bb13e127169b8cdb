"""A set of members answers as Mesa's own set of objects does: each operation, on equal data, side by side."""

import copy
import pickle
from collections.abc import Iterable

import mesa
import numpy as np
import pytest
from mesa.agentset import AbstractAgentSet, GroupBy

from agents.engine.member_set import MemberSet
from agents.engine.population import Column, Member, Population

AGE = [3, 1, 2, 3, 1, 2, 3, 3]
SALES = [0.1, 0.7, 0.3, 0.7, 0.2, 0.1, 0.9, 0.5]


class Acts:
    """What an agent can do, whatever it is made of."""

    def grow(self, by=1):
        self.age += by
        return self.age

    def drive_out_the_next(self):
        for agent in self.model.everybody.select(lambda agent: agent.unique_id == self.unique_id + 1):
            agent.remove()
        self.age = 100


class Firm(Acts, Member):
    age = Column("years", np.int64)
    sales = Column("yuan")
    orders = Column("yuan", width=2)


class Shop(Acts, mesa.Agent):
    """The same as an object."""

    def __init__(self, model, age, sales):
        super().__init__(model)
        self.age, self.sales, self.orders = age, sales, (sales, sales)


@pytest.fixture
def firms():
    model, population = mesa.Model(rng=1), Population(Firm)
    population.join(model)
    population.add(0, np.arange(8) + 50, age=AGE, sales=SALES, orders=np.array([SALES, SALES]))
    model.everybody = MemberSet(population)
    return model.everybody


@pytest.fixture
def shops():
    model = mesa.Model(rng=1)
    Shop.create_agents(model, 8, AGE, SALES)
    model.everybody = model.agents_by_type[Shop]
    return model.everybody


def told(answer):
    """An answer in which every agent is named by its unique id."""
    if isinstance(answer, mesa.Agent):
        return answer.unique_id
    if isinstance(answer, GroupBy):
        return told({"groups": answer.groups})
    if isinstance(answer, dict):
        return [(key, told(value)) for key, value in answer.items()]
    if isinstance(answer, AbstractAgentSet | list):
        return [told(agent) for agent in answer]
    return answer


def members_seen(agents):
    seen = []
    agents.shuffle_do(lambda agent: seen.append(agent.unique_id))
    return seen


def last(*steps):
    """The answer of the last of several steps."""
    return steps[-1]


QUESTIONS = {
    "length": len,
    "order": list,
    "list": lambda agents: agents.to_list(),
    "first": lambda agents: agents.to_list()[0],
    "get": lambda agents: agents.get("sales"),
    "get several": lambda agents: agents.get(["sales", "age", "unique_id"]),
    "get wide": lambda agents: agents.get("orders"),
    "get missing": lambda agents: agents.get("profit", handle_missing="default", default_value=7),
    "get some missing": lambda agents: agents.get(["age", "profit"], "default", 7),
    "sum": lambda agents: agents.agg("sales", sum),
    "several": lambda agents: agents.agg("sales", [min, max, np.mean, len]),
    "of an id": lambda agents: agents.agg("unique_id", max),
    "select": lambda agents: agents.select(lambda agent: agent.sales > 0.2),
    "select type": lambda agents: agents.select(agent_type=mesa.Agent),
    "select other type": lambda agents: agents.select(agent_type=mesa.Model),
    "at most 3": lambda agents: agents.select(at_most=3),
    "at most 30 %": lambda agents: agents.select(at_most=0.3),
    "at most 1.0": lambda agents: agents.select(at_most=1.0),
    "at most 2.5": lambda agents: agents.select(at_most=2.5),
    "at most 2 of some": lambda agents: agents.select(lambda agent: agent.age == 3, at_most=2),
    "at most 0": lambda agents: agents.select(lambda agent: True, at_most=0),
    "select in place": lambda agents: copy.copy(agents).select(lambda agent: agent.age == 1, inplace=True),
    "set": lambda agents: agents.set("age", 9).get("age"),
    "set some": lambda agents: last(agents.select(at_most=2).set("sales", 0.0), agents.get("sales")),
    "group": lambda agents: agents.groupby("age"),
    "group lists": lambda agents: agents.groupby("age", result_type="list"),
    "group by rule": lambda agents: agents.groupby(lambda agent: agent.sales > 0.4),
    "group by wide": lambda agents: agents.groupby("orders"),
    "group count": lambda agents: agents.groupby("age").count(),
    "group agg": lambda agents: agents.groupby("age").agg("sales", sum),
    "group map": lambda agents: agents.groupby("age").map(lambda group: group.agg("sales", max)),
    "group do": lambda agents: last(agents.groupby("age").do("do", "grow"), agents.get("age")),
    "sort": lambda agents: agents.sort("age"),
    "sort ascending": lambda agents: agents.sort("age", ascending=True),
    "sort by wide": lambda agents: agents.sort("orders"),
    "sort by rule": lambda agents: agents.sort(lambda agent: -agent.sales),
    "sort in place": lambda agents: copy.copy(agents).sort("sales", inplace=True),
    "sort twice": lambda agents: agents.sort("sales").sort("age", ascending=True),
    "shuffle": lambda agents: agents.shuffle(),
    "shuffle in place": lambda agents: copy.copy(agents).shuffle(inplace=True),
    "shuffle twice": lambda agents: agents.shuffle().shuffle().select(at_most=3),
    "shuffle_do": members_seen,
    "do": lambda agents: agents.do("grow", by=2).get("age"),
    "do a function": lambda agents: agents.do(lambda agent, by: agent.grow(by), 3).get("age"),
    "map": lambda agents: agents.map("grow"),
    "map a function": lambda agents: agents.map(lambda agent, by: agent.sales * by, by=2),
    "in": lambda agents: [agent in agents.select(at_most=4) for agent in agents],
    "and": lambda agents: copy.copy(agents) & agents.select(lambda agent: agent.age == 3),
    "or": lambda agents: agents.select(at_most=2) | agents.select(lambda agent: agent.age == 3),
    "minus": lambda agents: copy.copy(agents) - agents.select(at_most=5),
    "equal": lambda agents: copy.copy(agents) == agents.sort("sales"),
    "less": lambda agents: agents.select(at_most=5) < copy.copy(agents),
    "taken out": lambda agents: last(some := copy.copy(agents), some.remove(agents.to_list()[2]), some),
    "discarded": lambda agents: last(some := copy.copy(agents), some.discard(agents.to_list()[2]), some),
    "added": lambda agents: last(some := agents.select(at_most=2), some.add(agents.to_list()[5]), some),
    "added again": lambda agents: last(some := copy.copy(agents), some.add(agents.to_list()[5]), some),
    "a copy": lambda agents: last(copy.copy(agents).select(at_most=1, inplace=True), agents),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_members_answer_as_mesas_objects_do(firms, shops, question):
    answer, expected = (told(QUESTIONS[question](agents)) for agents in (firms, shops))
    assert answer == expected
    assert type(answer) is type(expected)


@pytest.mark.parametrize("question", QUESTIONS)
def test_members_in_another_order_answer_as_mesas_objects_do(firms, shops, question):
    firms, shops = firms.sort("sales").select(at_most=7), shops.sort("sales").select(at_most=7)
    answer, expected = (told(QUESTIONS[question](agents)) for agents in (firms, shops))
    assert answer == expected


def test_who_is_driven_out_before_its_turn_does_not_act(firms, shops):
    # The last firm moves into the row of one that leaves: only the order differs from Mesa's.
    for agents in (firms, shops):
        agents.do("drive_out_the_next")
        assert sorted(agents.get(["unique_id", "age"])) == [[1, 100], [3, 100], [5, 100], [7, 100]]


MISTAKES = {
    "missing": lambda agents: agents.get("profit"),
    "unknown way": lambda agents: agents.get("age", handle_missing="guess"),
    "aggregate of missing": lambda agents: agents.agg("profit", sum),
    "no method": lambda agents: agents.do("fly"),
    "beyond": lambda agents: agents.to_list()[8],
    "not there": lambda agents: agents.select(at_most=1).remove(agents.to_list()[5]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_the_same_mistake(firms, shops, mistake):
    with pytest.raises((AttributeError, ValueError, IndexError, KeyError)) as expected:
        MISTAKES[mistake](shops)
    with pytest.raises(expected.type):
        MISTAKES[mistake](firms)


def test_a_chosen_set_lives_without_anybody_holding_its_views(firms):
    chosen = firms.select(lambda firm: firm.age == 3)
    assert len(list(chosen)) == len(list(chosen)) == 4


def test_the_set_of_all_sees_who_enters_and_a_chosen_set_does_not(firms):
    chosen = firms.copy()
    firms.population.add(0, [99])
    assert (len(firms), len(chosen)) == (9, 8)


def test_who_leaves_the_population_leaves_every_set(firms):
    chosen = firms.sort("sales")
    leaver = firms[3]
    leaver.remove()
    assert leaver not in firms
    assert leaver not in chosen
    assert (len(firms), len(chosen)) == (7, 7)
    assert chosen.get("sales") == [0.9, 0.7, 0.5, 0.3, 0.2, 0.1, 0.1]


def test_who_leaves_while_others_act_does_not_act_and_nobody_acts_twice(firms):
    acted = []

    def drive_out_the_last(firm):
        acted.append(firm.id)
        if len(firms) > 5:
            firms[-1].remove()

    firms.do(drive_out_the_last)
    assert acted == [50, 51, 52, 53, 54]


def test_the_set_of_all_changes_by_entry_and_exit_only(firms):
    for change in (lambda: firms.select(at_most=1, inplace=True), lambda: firms.remove(firms[0])):
        with pytest.raises(TypeError, match="entry and exit"):
            change()


def test_members_are_counted_from_either_end(firms):
    assert [firms[0].id, firms[-1].id] == [50, 57]
    assert [firm.id for firm in firms[2:4]] == [52, 53]
    with pytest.raises(IndexError):
        firms[8]


def test_a_mask_selects_without_views(firms):
    by_mask = firms.select(mask=firms.array("sales") > 0.2)
    assert told(by_mask) == told(firms.select(lambda firm: firm.sales > 0.2))
    assert told(firms.select(lambda firm: firm.age == 3, mask=firms.array("sales") > 0.6)) == [4, 7]


def test_values_can_be_set_one_per_member_in_the_order_of_the_set(firms):
    firms.sort("sales").set("age", np.arange(8))
    assert firms.get("age") == [6, 1, 4, 2, 5, 7, 0, 3]
    firms.select(at_most=1).set("orders", (3.0, 4.0))
    assert firms[0].orders == (3.0, 4.0)


def test_what_is_no_column_cannot_be_set(firms):
    with pytest.raises(AttributeError, match="no column 'profit'"):
        firms.set("profit", 1.0)


def test_the_segment_can_be_asked_like_a_column(firms):
    population = Population(Firm, segments=3)
    population.add([2, 0, 2], [1, 2, 3])
    everybody = MemberSet(population)
    assert everybody.get("segment") == [0, 2, 2]
    assert everybody.groupby("segment").count() == {0: 1, 2: 2}


def test_numpys_functions_get_the_array_and_others_a_list_of_python_numbers(firms):
    received = []
    firms.agg("sales", received.append)
    assert received == [SALES]
    assert firms.agg("sales", np.sort).tolist() == sorted(SALES)


def test_a_stranger_cannot_be_added(firms, shops):
    with pytest.raises(TypeError, match="no Firm of this model"):
        firms.copy().add(shops.to_list()[0])
    assert shops.to_list()[0] not in firms


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda agents: pickle.loads(pickle.dumps(agents))])
def test_a_set_is_copied_with_its_population(firms, copied):
    twin = copied(firms.sort("sales"))
    assert told(twin) == told(firms.sort("sales"))
    twin.set("age", 0)
    assert firms.get("age") == AGE


def test_a_set_is_a_mesa_set(firms):
    assert isinstance(firms, AbstractAgentSet)
    assert isinstance(firms, Iterable)
    assert isinstance(firms[0], mesa.Agent)
