"""What is published: activity times its statistical coverage, beside the coverage itself, and what the model
may miss of what is observed."""

from agents.coverage.coverage import Coverage
from agents.economy import Economy
from agents.firms import totals as column
from scenarios.worlds.fan import DISCREPANCIES
from sim.firms.series import with_research
from sim.indicator import F, Group, Indicator, R
from sim.science.series import RESEARCH, research
from sim.setting import Setting

TOTAL, ENTERPRISES = (list(RESEARCH).index(name) for name in ("rd_total", "rd_enterprises"))


def published(economy: Economy, setting: Setting) -> list[float]:
    """Coverage of value added and of research; as published, value added, that with research, research."""
    own = economy.of(Coverage)
    emerging = economy.totals.cells[:, column.EMERGING]
    capitalised = with_research(economy, column.EMERGING, column.EMERGING_RESEARCH)
    reported = research(economy, setting)
    more_research = (own.of_research - 1.0) * reported[ENTERPRISES]
    return [
        own.of_value_added,
        own.of_research,
        float(emerging.sum() + own.beside(emerging).sum()),
        own.of_value_added * capitalised,
        reported[TOTAL] + more_research,
    ]


PUBLISHED = {
    "statistical_coverage": Indicator(
        "2020 = 1", R, "published over actual emerging value added", "新兴产业增加值统计覆盖（公布值/实际值）"
    ),
    "statistical_coverage_of_research": Indicator(
        "2020 = 1", R, "published over actual R&D of enterprises", "企业研发统计覆盖（公布值/实际值）"
    ),
    "sei_value_added_published": Indicator(
        "yuan", F, "emerging-industry value added as published", "战略性新兴产业增加值（公布口径）"
    ),
    "sei_value_added_capitalised_published": Indicator(
        "yuan",
        F,
        "emerging-industry value added as published, research capitalised",
        "战略性新兴产业增加值（公布口径，研发资本化）",
    ),
    "rd_total_published": Indicator("yuan", F, "R&D expenditure as published", "全社会研发经费（公布口径）"),
}


def missed(economy: Economy, setting: Setting) -> list[float]:
    """Observed over modelled, by what the model may miss."""
    return list(setting.discrepancy(economy.quarter).values())


WORDS = {
    "emerging": ("emerging-industry value added", "新兴产业增加值"),
    "research": ("R&D", "研发经费"),
    "certified": ("certified high-tech enterprises", "高新技术企业数"),
    "patents": ("high-value inventions", "高价值发明专利"),
    "digital": ("value added of the digital core", "数字经济核心产业增加值"),
}
MISSED = {
    f"discrepancy_{name}": Indicator(
        "2020 = 1", R, f"{WORDS[name][0]}, observed over modelled", f"{WORDS[name][1]}的模型偏差（观测/模型）"
    )
    for name in DISCREPANCIES
}

SERIES = {"coverage": Group(PUBLISHED, published), "discrepancy": Group(MISSED, missed)}
