"""The report's page on the plan tells measures with their levers, and levers with their measures."""

import re
from dataclasses import replace

from experiments.language.chosen import ZH, speaking
from experiments.measures.links import load_plan
from experiments.report import measures
from scenarios.load import load_levers
from scenarios.measures import load_measures
from scenarios.region.region import load_region


def test_the_page_is_in_both_directions():
    plan = replace(load_plan(), stored=None)
    there, back = measures.by_measure(plan), measures.by_lever(plan)
    assert all(f">{number}<" in there for number in load_measures())
    assert all(f" {name}<" in back for name in load_levers())
    assert "mission_projects A: not measured yet" in there
    assert "C1.1 C1.4 T2.1 T2.2 G3.3 G3.5" in back and "sim/state/missions.py: hold_call" in back


def test_how_effects_were_made_stands_above_them():
    plan = replace(load_plan(), stored=None)
    assert "effects of levers: none is stored" in measures.conditions(plan)


def test_effects_of_this_region_are_shown_though_a_report_names_it_by_its_folder():
    plan = load_plan(load_region("hunan").folder)
    assert plan.stored is not None and plan.why_no_effect("supply_chain_completion") == ""
    assert re.search(r">产业链补链强链 A：\+?[\d.]+ \[.*\] 亿元<", chinese(plan))
    assert "无数值" not in chinese(plan) and "尚未测算" not in chinese(plan)


def chinese(plan):
    with speaking(ZH):
        return measures.by_measure(plan)
