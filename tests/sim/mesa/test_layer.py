"""A model over populations is a Mesa model: what Mesa documents holds for rows as for objects."""

import copy
import logging
import pickle
import subprocess
import sys

import mesa
import numpy as np
import pandas as pd
import pytest
from mesa.agentset import AbstractAgentSet

from agents.engine.member_set import MemberSet
from agents.engine.population import Column, Member, Population
from sim.mesa.layer import PopulationModel

SALES = np.array([5.0, 1.0, 4.0, 2.0, 3.0, 6.0])


class Grows:
    def step(self):
        self.sales *= 2
        self.age += 1


class Firm(Grows, Member):
    sales = Column("yuan")
    age = Column("years", np.int64)


class Shop(Grows, mesa.Agent):
    """A firm as an object."""

    def __init__(self, model, sales):
        super().__init__(model)
        self.sales, self.age = sales, 0


class Carrier(Member):
    area = Column("m2", default=9)


class Government(mesa.Agent):
    """An ordinary agent beside the populations."""

    def __init__(self, model):
        super().__init__(model)
        self.sales, self.age = 100.0, 70

    def step(self):
        self.age += 1


def total_sales(model):
    return model.agents.agg("sales", sum)


def collector(kind):
    return mesa.DataCollector(
        model_reporters={"total": total_sales, "agents": lambda model: len(model.agents)},
        agent_reporters={"sales": "sales", "double age": lambda agent: 2 * agent.age},
        agenttype_reporters={kind: {"age": "age"}},
    )


class Rows(PopulationModel):
    def __init__(self, n=6, rng=None):
        super().__init__(rng=rng)
        Government(self)
        self.add_population(Population(Firm, segments=2, capacity_per_segment=2))
        Firm.create_agents(self, n, sales=SALES[:n])
        self.datacollector = mesa.DataCollector(model_reporters={"total": total_sales})

    def step(self):
        self.agents.do("step")
        self.datacollector.collect(self)

    def note_ages(self):
        self.noted = firms(self).get("age")


class Objects(mesa.Model):
    def __init__(self, n=6, rng=None):
        super().__init__(rng=rng)
        Government(self)
        Shop.create_agents(self, n, sales=SALES[:n])
        self.datacollector = mesa.DataCollector(model_reporters={"total": total_sales})

    def step(self):
        self.agents.do("step")
        self.datacollector.collect(self)


@pytest.fixture
def rows():
    return Rows(rng=1)


@pytest.fixture
def objects():
    return Objects(rng=1)


def firms(model):
    return model.agents_by_type[Firm]


def ids(agents):
    return [agent.unique_id for agent in agents]


# Who is there


def test_everybody_is_an_agent_of_the_model_with_an_id_of_its_own(rows, objects):
    assert len(rows.agents) == len(objects.agents) == 7
    assert ids(rows.agents) == ids(objects.agents) == [1, 2, 3, 4, 5, 6, 7]
    assert all(agent.model is rows and agent in rows.agents for agent in rows.agents)
    assert all(isinstance(agent, mesa.Agent) for agent in rows.agents)
    assert isinstance(rows.agents, AbstractAgentSet)


def test_agents_are_found_by_type(rows):
    assert rows.agent_types == [Government, Firm]
    assert {kind: len(agents) for kind, agents in rows.agents_by_type.items()} == {Government: 1, Firm: 6}
    assert firms(rows).get("sales") == SALES.tolist()


def test_a_type_without_members_has_an_empty_set(rows):
    rows.add_population(Population(Carrier))
    assert len(rows.agents_by_type[Carrier]) == 0
    assert len(rows.agents) == 7


def test_a_firm_made_like_a_mesa_agent_is_one_row_more(rows):
    firm = Firm(rows, segment=1, sales=7.5)
    assert (firm.sales, firm.age, firm.segment, firm.unique_id) == (7.5, 0, 1, 8)
    assert firm == rows.agents[-1] == firms(rows)[-1]
    assert rows.population_of(Firm).stop.tolist()[1] - rows.population_of(Firm).start.tolist()[1] == 1


def test_firms_made_in_bulk_are_those_that_come_back_in_the_order_given(rows):
    made = Firm.create_agents(rows, 3, segment=[1, 0, 1], sales=[7.0, 8.0, 9.0], age=4)
    assert isinstance(made, MemberSet)
    assert made.get(["sales", "age", "segment"]) == [[7.0, 4, 1], [8.0, 4, 0], [9.0, 4, 1]]
    assert ids(made) == [8, 9, 10]


def test_firms_made_from_a_table_have_its_columns(rows):
    made = Firm.from_dataframe(rows, pd.DataFrame({"sales": [7.0, 8.0], "segment": [1, 0]}), age=2)
    assert made.get(["sales", "segment", "age"]) == [[7.0, 1, 2], [8.0, 0, 2]]


def test_the_id_of_a_firms_luck_can_be_given(rows):
    assert Firm(rows, id=77).id == 77
    assert Firm.create_agents(rows, 2, id=[78, 79]).get("id") == [78, 79]


def test_a_class_without_a_population_is_named(rows):
    with pytest.raises(KeyError, match="no population of Carrier"):
        Carrier(rows)


@pytest.mark.parametrize("leave", ["remove", "deregister_agent"])
def test_a_firm_that_was_removed_is_nowhere_and_cannot_be_read(rows, leave):
    firm = firms(rows)[2]
    firm.remove() if leave == "remove" else rows.deregister_agent(firm)
    assert firm not in rows.agents
    assert (len(rows.agents), len(firms(rows))) == (6, 5)
    with pytest.raises(ReferenceError, match="has left the model"):
        firm.sales  # noqa: B018


def test_an_ordinary_agent_leaves_as_in_mesa(rows):
    government = rows.agents[0]
    government.remove()
    assert government not in rows.agents
    assert rows.agent_types[-1] is Firm
    assert len(rows.agents) == 6


def test_all_can_be_removed(rows):
    firm = firms(rows)[0]
    rows.remove_all_agents()
    assert (len(rows.agents), len(firms(rows)), firm.living) == (0, 0, False)


# Everybody at once: ordinary agents and rows together, beside the same agents as objects

QUESTIONS = {
    "get": lambda agents: agents.get(["sales", "age"]),
    "get missing": lambda agents: agents.get("profit", "default", 3),
    "sum": lambda agents: agents.agg("sales", [sum, max, np.mean]),
    "set": lambda agents: agents.set("age", 4).get("age"),
    "select": lambda agents: ids(agents.select(lambda agent: agent.sales > 3)),
    "at most 3": lambda agents: ids(agents.select(at_most=3)),
    "at most half": lambda agents: ids(agents.select(at_most=0.5)),
    "firms only": lambda agents: ids(agents.select(agent_type=Grows)),
    "some firms": lambda agents: ids(agents.select(lambda agent: agent.sales > 1, 0.6, agent_type=Grows)),
    "governments": lambda agents: ids(agents.select(agent_type=Government)),
    "all": lambda agents: ids(agents.select(agent_type=mesa.Agent)),
    "sort": lambda agents: ids(agents.sort("sales")),
    "sort up": lambda agents: ids(agents.sort(lambda agent: agent.age, ascending=True)),
    "shuffle": lambda agents: ids(agents.shuffle()),
    "group": lambda agents: {key: ids(group) for key, group in agents.groupby("age")},
    "group lists": lambda agents: {key: ids(group) for key, group in agents.groupby("age", "list")},
    "do": lambda agents: agents.do("step").get("sales"),
    "do function": lambda agents: agents.do(lambda agent, age: setattr(agent, "age", age), 3).get("age"),
    "shuffle_do": lambda agents: agents.shuffle_do("step").get("age"),
    "map": lambda agents: agents.map(lambda agent, by: agent.age + by, by=1),
    "list": lambda agents: ids(agents.to_list()[2:4]),
    "slice": lambda agents: ids(agents[2:4]),
    "copy": lambda agents: [*ids(copy.copy(agents).select(at_most=2, inplace=True)), len(agents)],
    "chain": lambda agents: ids(agents.sort("sales").select(at_most=4).shuffle(inplace=True)),
    "copy sorted": lambda agents: ids(copy.copy(agents).sort("sales", inplace=True)),
    "copy do": lambda agents: copy.copy(agents).do("step").shuffle_do("step").get("sales"),
    "copy map": lambda agents: copy.copy(agents).map("step"),
    "and": lambda agents: ids(agents & agents.select(at_most=3)),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_everybody_answers_as_mesas_objects_do(rows, objects, question):
    assert QUESTIONS[question](rows.agents) == QUESTIONS[question](objects.agents)


def test_the_firms_among_everybody_are_a_set_over_columns(rows):
    assert isinstance(rows.agents.select(agent_type=Firm), MemberSet)
    assert not isinstance(rows.agents.select(agent_type=mesa.Agent), MemberSet)


def test_a_firm_that_leaves_leaves_a_mixed_choice(rows):
    chosen = rows.agents.sort("sales")
    firms(rows)[0].remove()
    rows.agents[0].remove()
    assert (len(chosen), len(list(chosen)), len(chosen.copy())) == (5, 5, 5)


def test_everybody_changes_by_entry_and_exit_only(rows):
    for change in (rows.agents.add, rows.agents.discard, rows.agents.remove):
        with pytest.raises(TypeError, match="entry and exit"):
            change(rows.agents[0])
    with pytest.raises(TypeError, match="entry and exit"):
        rows.agents.shuffle(inplace=True)


# Time


def test_a_step_is_one_unit_of_time_and_one_step(rows, objects):
    for model in (rows, objects):
        model.step()
        model.run_for(2)
        assert (model.steps, model.time) == (3, 3.0)
    assert firms(rows).get(["sales", "age"]) == objects.agents_by_type[Shop].get(["sales", "age"])


def test_an_event_between_two_steps_finds_the_firms_as_they_are_then(rows):
    rows.schedule_event(rows.note_ages, at=1.5)
    rows.run_until(2)
    assert (rows.noted, firms(rows).get("age")) == ([1] * 6, [2] * 6)


# Recording


@pytest.mark.parametrize("table", ["model", "agent", "agenttype"])
def test_the_data_collector_writes_the_same_tables(rows, objects, table):
    tables = []
    for model, kind in ((rows, Firm), (objects, Shop)):
        model.datacollector = collector(kind)
        model.step()
        model.step()
        read = getattr(model.datacollector, f"get_{table}_vars_dataframe")
        tables.append(read(kind) if table == "agenttype" else read())
    pd.testing.assert_frame_equal(*tables)
    assert len(tables[0]) > 0


def test_a_batch_of_runs_gives_the_same_records():
    settings = {"parameters": {"n": [2, 6]}, "rng": [1, 2], "max_steps": 3, "display_progress": False}
    records, expected = (mesa.batch_run(model, **settings) for model in (Rows, Objects))
    assert [record["total"] for record in records] == [148.0, 268.0, 148.0, 268.0]
    assert records == expected


# Copies


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_of_a_model_goes_its_own_way(rows, copied):
    rows.step()
    twin = copied(rows)
    twin.step()
    Firm(twin, sales=1.0)
    assert (rows.steps, twin.steps, len(rows.agents), len(twin.agents)) == (1, 2, 7, 8)
    assert rows.agents.agg("age", max) == 71
    assert twin.agents.agg("age", max) == 72
    assert all(agent.model is twin for agent in twin.agents)
    assert firms(rows).get("sales") == (2 * SALES).tolist()


def test_a_view_is_copied_with_its_model(rows):
    firm = pickle.loads(pickle.dumps(firms(rows)[1]))
    assert (firm.sales, firm.unique_id, firm.model.steps) == (1.0, 3, 0)
    assert firm in firm.model.agents
    assert firm not in rows.agents


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda agents: pickle.loads(pickle.dumps(agents))])
def test_a_set_is_copied_with_its_model(rows, copied):
    for agents in (firms(rows), firms(rows).sort("sales"), rows.agents, rows.agents.sort("sales")):
        twin = copied(agents)
        assert ids(twin) == ids(agents)
        assert ids(twin.shuffle()) == ids(copied(agents).shuffle())
        assert all(agent.model is not rows for agent in twin)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda agents: pickle.loads(pickle.dumps(agents))])
def test_a_population_copied_alone_leaves_its_model_behind(rows, copied):
    rows.cannot_be_copied = (number for number in ())
    twin = copied(rows.population_of(Firm))
    assert twin.model is None
    assert rows.population_of(Firm).model is rows


def test_two_models_of_one_class_live_side_by_side(rows):
    other = Rows(rng=2)
    firm = firms(rows)[0]
    firms(other).set("sales", -1.0)
    firms(other)[0].remove()
    assert (firm.sales, len(rows.agents), len(other.agents)) == (5.0, 7, 6)
    assert ids(other.agents) == [1, 7, 3, 4, 5, 6]


# Silence


def test_mesa_reports_no_steps_to_a_talkative_root_logger(rows, caplog):
    caplog.set_level(logging.DEBUG)
    rows.step()
    assert caplog.records == []


def test_a_level_of_logging_that_was_chosen_stays():
    choose = "import logging; logging.getLogger('MESA').setLevel(logging.INFO); import sim.mesa.layer; "
    tell = "print(logging.getLogger('MESA').level == logging.INFO)"
    printed = subprocess.run(
        [sys.executable, "-c", choose + tell], capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == "True"
