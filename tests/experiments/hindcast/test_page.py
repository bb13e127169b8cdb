"""The page of validation: what the sections say."""

import re

from made_up_forecast import PLAN, SETTING, forecast, grown, published

from experiments.hindcast.outcomes import Outcome
from experiments.hindcast.page import hindcast_section, past_plan_section
from experiments.hindcast.past_plan import judge
from experiments.hindcast.scored import scored
from scenarios.region.folder import CONFIGS

PAGE = CONFIGS.parent / "docs" / "VALIDATION.md"


def section():
    outcomes = [Outcome("rd_total", 2019, 787.16), Outcome("gdp", 2019, 39894.1)]
    result = scored(outcomes, forecast(rd_total=780, gdp=39000), published(), SETTING)
    return hindcast_section(result, "sanxiang hindcast --outcomes mine.csv")


def test_a_section_names_its_command_what_was_known_and_every_score():
    text = section()
    assert "Made on" in text and "`sanxiang hindcast --outcomes mine.csv`" in text
    assert "states to 2020" in text and "| rd_total [100 million yuan] | 2019 | 787.2 |" in text
    assert "### Pooled" in text and "### Where the model's 90 % interval excludes a naive median" in text


def test_a_past_plan_says_why_goals_were_missed():
    text = past_plan_section(
        judge(PLAN, [grown(1.0), grown(1.6)], range(2)), SETTING, ["k"], "sanxiang hindcast past-plan"
    )
    assert "### Which were missed or beaten, and why" in text
    assert all(goal.about.why in text for goal in PLAN.goals.values())


def test_the_shipped_page_has_the_hindcast_and_the_past_plan():
    text = PAGE.read_text("utf-8")
    sections = re.findall(r"<!-- section: (.*) -->", text)
    assert sections == ["hindcast to 2018, fitted", "past-plan"]
    assert text.count("Made on") == 2 and not re.search(r"\bnan\b|\binf\b", text)
