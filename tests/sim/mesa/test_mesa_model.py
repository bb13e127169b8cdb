"""The model of the province is a Mesa model: what Mesa documents works on it."""

import mesa
import numpy as np
import pytest
from whole_state import digests

from agents.firms import Firm
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose


def model_of(scenario="plan", **rest):
    return IndustrialPolicyModel(choose(scenario, scale=0.01, **rest))


@pytest.fixture(scope="module")
def model():
    """A year of a province; no test changes it."""
    year = model_of()
    for _ in range(4):
        year.step()
    return year


class Collecting(IndustrialPolicyModel):
    """The model with a collector of a user's own in place of its own; a step collects."""

    def __init__(self, scenario="as_in_2020", scale=0.01, rng=None):
        super().__init__(choose(scenario, scale=scale), rng=rng)
        self.datacollector = mesa.DataCollector(
            model_reporters={"firms": lambda m: len(m.agents_by_type[Firm]), "gdp": latest("gdp")},
            agenttype_reporters={Firm: {"sales": "sales", "prefecture": "prefecture"}},
        )


def latest(name):
    """The last value of a recorded series."""
    return lambda model: float(model.series[-1, series_of().column[name]])


def test_all_agents_are_the_firms_and_the_few_beside_them(model):
    firms = model.agents_by_type[Firm]
    others = [agent for agent in model.agents if not isinstance(agent, Firm)]
    assert len(firms) == len(model.economy.firms) > 100
    assert len(model.agents) == len(firms) + len(others)
    assert {type(agent).__name__ for agent in others} >= {"BankingSector"}


def test_every_agent_has_a_number_of_its_own(model):
    numbers = [agent.unique_id for agent in model.agents]
    assert len(set(numbers)) == len(numbers)


def test_sums_over_agents_are_the_recorded_series(model):
    firms = model.agents_by_type[Firm]
    assert firms.agg("deposits", sum) == latest("firm_deposits")(model)
    assert firms.agg("patents", sum) <= latest("patents_valid")(model)
    assert len(firms.select(lambda firm: firm.certificate_expiry > 3)) == latest("hnte")(model)


def test_values_read_together_are_those_read_one_by_one(model):
    firms = model.agents_by_type[Firm]
    assert list(firms.get("capital")) == [firm.capital for firm in firms]


def test_groups_by_prefecture_hold_every_firm_once(model):
    groups = model.agents_by_type[Firm].groupby("prefecture")
    sizes = {prefecture: len(group) for prefecture, group in groups}
    assert sum(sizes.values()) == len(model.economy.firms)
    assert set(sizes) <= set(range(14))


def test_sorted_firms_fall_in_the_order_asked_for(model):
    sales = [firm.sales for firm in model.agents_by_type[Firm].sort("sales", ascending=False)]
    assert sales == sorted(sales, reverse=True)


def test_shuffled_firms_are_the_same_firms_in_another_order(model):
    firms = model.agents_by_type[Firm]
    shuffled = [firm.id for firm in firms.shuffle()]
    assert shuffled != [firm.id for firm in firms]
    assert sorted(shuffled) == sorted(firm.id for firm in firms)


def test_what_is_set_through_agents_is_what_the_next_quarter_meets():
    touched, untouched = model_of(), model_of()
    touched.agents_by_type[Firm].set("log_quality", 1.0)
    assert set(touched.economy.firms.log_quality[touched.economy.firms.rows()].tolist()) == {1.0}
    for each in (touched, untouched):
        each.step()
    assert digests(touched)["economy.firms.sales"] != digests(untouched)["economy.firms.sales"]


def test_doing_something_with_every_firm_reaches_every_firm_once(model):
    seen = []
    model.agents_by_type[Firm].do(lambda firm: seen.append(firm.id))
    rows = model.economy.firms.rows()
    assert seen == model.economy.firms.id[rows].tolist()


def test_a_firm_that_has_left_cannot_be_read():
    model = model_of(replication=1)
    watched = list(model.agents_by_type[Firm])
    while all(firm.living for firm in watched):
        model.step()
    gone = next(firm for firm in watched if not firm.living)
    with pytest.raises(ReferenceError, match=f"Firm {gone.id} has left"):
        _ = gone.sales


def test_a_view_follows_its_firm_to_another_row():
    model = model_of(replication=1)
    firms = model.economy.firms
    watched, rows_before = list(model.agents_by_type[Firm]), firms.rows().tolist()
    traits = {firm.id: firm.log_patent_propensity for firm in watched}
    for _ in range(12):
        model.step()
    living = [firm for firm in watched if firm.living]
    assert all(firm.log_patent_propensity == traits[firm.id] for firm in living)
    assert any(firm.row != row for row, firm in zip(rows_before, watched, strict=True) if firm.living)


def test_a_collector_sees_what_the_model_records():
    model = Collecting()
    for _ in range(3):
        model.step()
    by_step = model.datacollector.get_model_vars_dataframe()
    by_firm = model.datacollector.get_agenttype_vars_dataframe(Firm)
    series = model.series
    assert by_step["gdp"].tolist() == series[:, series_of().column["gdp"]].tolist()
    assert by_step["firms"].tolist() == series[:, series_of().column["firms"]].tolist()
    assert by_firm["sales"].groupby("Step").size().tolist() == by_step["firms"].tolist()


def test_the_recorder_holds_what_a_collector_of_mesa_would_hold():
    model = model_of()
    collector = mesa.DataCollector(model_reporters=dict(model.datacollector.model_reporters))
    for _ in range(2):
        model.step()
        collector.collect(model)
    assert model.datacollector.model_vars == collector.model_vars
    assert len(model.datacollector.model_vars["gdp"]) == 2


def test_a_reporter_that_a_user_adds_to_the_recorder_is_asked():
    model = model_of()
    model.datacollector.model_reporters["members"] = lambda model: len(model.economy.firms)
    model.datacollector.model_vars["members"] = []
    model.step()
    assert model.datacollector.model_vars["members"] == [len(model.economy.firms)]
    assert model.datacollector.model_vars["gdp"] == [latest("gdp")(model)]


def test_a_collector_changes_no_result():
    plain, collecting = model_of("as_in_2020"), Collecting()
    for _ in range(4):
        plain.step()
        collecting.step()
    assert plain.series.tobytes() == collecting.series.tobytes()


def test_a_batch_run_over_scenarios_gives_each_its_own_result():
    chosen = {"scenario": ["no_policy", "plan"], "scale": 0.004}
    rows = mesa.batch_run(IndustrialPolicyModel, chosen, max_steps=21, display_progress=False)
    gdp = {row["scenario"]: row["gdp"] for row in rows}
    assert set(gdp) == {"no_policy", "plan"}
    assert np.isfinite(list(gdp.values())).all() and gdp["no_policy"] != gdp["plan"]


def test_a_batch_run_ends_with_the_last_quarter_however_many_steps_it_may_take():
    chosen = {"scenario": "as_in_2020", "scale": 0.004}
    rows = mesa.batch_run(IndustrialPolicyModel, chosen, max_steps=1000, display_progress=False)
    assert [row["Step"] for row in rows] == [40]


def test_a_branch_remembers_what_was_collected_before_it():
    model = model_of("as_in_2020")
    model.step()
    branch = model.branch(model.spec)
    model.step()
    branch.step()
    assert branch.datacollector.model_vars["gdp"] == model.datacollector.model_vars["gdp"]
    assert len(branch.datacollector.model_vars["gdp"]) == 2
