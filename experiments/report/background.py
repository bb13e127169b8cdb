"""The report's background: how to read it, what it rests on, the model beside published figures."""

from __future__ import annotations

from typing import Any

from experiments.figures.material.evidence import Evidence, records
from experiments.report.answer import named
from experiments.report.markup import Markup, element, joined, listed, table
from scenarios.values.exact_text import exact_text

MEANING = (
    "A probability is the share of finished runs that meet the target in 2025. It is conditional on the "
    "model, on the assumptions listed below and on the world of the sweep. It is no forecast of what will "
    "be published."
)
BOUNDS = (
    "With no hit at all only the upper end is printed (for 100 runs “<3.7 %”), with no miss only the lower "
    "end: no number of runs shows that something never or always happens."
)
SCALED = (
    "Level targets are computed on paths scaled, run by run, to the 2020 base; the last column of each "
    "table is the median without this scaling."
)
PAIRED = (
    "Run n has the same luck, the same world and the same unknown bases in every scenario, so scenarios "
    "are compared run by run."
)
TOLERANCE = 0.05
UNITS = "亿 is one hundred million: 亿元 is 100 million yuan, written “100 m yuan” in English figures."
GLOSSARY = (
    (
        "scenario",
        "方案",
        "dated values of the policy levers, and what gives when the budget does not suffice",
    ),
    ("baseline", "基准方案", "the scenario that the others are compared with; it stands first"),
    ("lever", "政策工具", "one instrument of policy, such as an R&D subsidy"),
    (
        "world",
        "外部环境",
        "what the province does not decide: national markets, the rest of the economy, central tax rules",
    ),
    ("run", "一次模拟", "one scenario in one world with one draw of parameters and one luck, 2016 to 2025"),
    ("N", "模拟次数", "runs per scenario"),
    ("P", "概率", "share of the finished runs that meet the target"),
    ("interval", "置信区间", "where P would lie with very many runs, with 95 % confidence"),
    ("scaled to 2020", "按2020年基数校准", "a path multiplied so that it passes through the 2020 base"),
    (
        "base",
        "2020年基数",
        "the published figure of 2020, or the one drawn for the run where none is published",
    ),
    ("attained", "完成程度", "median over target"),
    ("emerging industries", "战略性新兴产业", "the industries of the plan, counted by product"),
    ("high-tech enterprise", "高新技术企业", "a firm with a valid certificate at the end of the year"),
    (
        "high-value patent",
        "高价值发明专利",
        "a valid invention patent of strategic field, long life or proven worth",
    ),
    ("digital core", "数字经济核心产业", "the industries that make digital goods and services"),
    ("national carrier", "国家级创新平台", "a laboratory, centre or other platform recognised by the state"),
)


def how_to_read(evidence: Evidence) -> Markup:
    """What a probability is here, what the interval holds, what is left out."""
    counted = (
        f"Each scenario has N = {evidence.numbers} runs; {evidence.failed or 'none'} of all runs failed. "
        "Failed runs stay in N and widen the interval: its lower end counts them as misses, its upper end as "
        "hits."
    )
    interval = f"95 % interval of a probability: {evidence.interval}. {BOUNDS}"
    return listed([MEANING, counted, interval, SCALED, PAIRED, *(note for note, _ in evidence.notes), UNITS])


def what_differs(evidence: Evidence) -> Markup:
    """Every value in which the scenarios differ, side by side."""
    if evidence.values.empty:
        return element("p", "The scenarios of this sweep differ in no value.")
    found = {(row.key, row.case): row.value for row in records(evidence.values)}
    keys = dict.fromkeys(evidence.values.key)
    units = dict(zip(evidence.values.key, evidence.values.unit, strict=True))
    rows = [
        [_key(key, units[key]), *(found.get((key, case), "–") for case in evidence.cases)] for key in keys
    ]
    caption = "“2022: x” holds from that year on; before 2021 all scenarios are equal"
    return table(caption, ["Value", *named(evidence.cases)], rows, kind="text")


def _key(key: str, unit: str) -> Markup:
    return joined(element("span", key), element("span", unit, class_="soft-line"))


def assumptions(evidence: Evidence) -> Markup:
    """The unpublished bases that probabilities are conditional on."""
    counted = ", ".join(f"{count} {status}" for status, count in evidence.reliability.items())
    told = element("p", f"Behavioural parameters: {counted}; sanxiang params lists them.")
    rows = [[row.what, row.how] for row in records(evidence.assumed)]
    caption = "Not published: drawn for each run, and the same in every scenario"
    return joined(table(caption, ["Figure", "How it is drawn, and why"], rows, kind="text"), told)


def plausibility(evidence: Evidence) -> Markup:
    """Published figures of 2016-2020 beside the model's, hits and misses alike."""
    if evidence.checks.empty:
        return element("p", "No published figure of 2016–2020 covers an indicator of this sweep.")
    found = list(records(evidence.checks))
    near, inside = sum(map(_near, found)), sum(row.low <= row.published <= row.high for row in found)
    said = (
        f"Of {len(found)} published figures, the median of the runs of {evidence.baseline} meets {near} "
        f"within {100 * TOLERANCE:g} % and misses {len(found) - near}; {inside} lie within the 5–95 % range "
        f"of the runs. Nothing is scaled to the 2020 base here.{_of_scale(evidence)}"
    )
    heads = ["Figure", "Year", "Unit", "Published", "Median", "5–95 % of runs", "Median against published"]
    caption = "Figures marked “unverified” are recalled, not seen in a source"
    return joined(element("p", said), table(caption, heads, map(_check, found)))


def _of_scale(evidence: Evidence) -> str:
    """How runs of a smaller or larger economy are made comparable."""
    if evidence.scale == 1:
        return ""
    scale = exact_text(evidence.scale, "g")
    return (
        f" The runs have population.scale={scale}: their amounts and counts are divided by {scale}, shares "
        "and growth are not. Fewer firms leave more to luck than the whole province does."
    )


def _check(row: Any) -> list[object]:
    gap = f"{100 * (row.median / row.published - 1):+z.1f} %".replace("-", "−")
    verdict = element("span", gap if _near(row) else f"{gap}: miss", class_="hit" if _near(row) else "miss")
    known = "" if row.status in ("sourced", "derived") else f" ({row.status})"
    spread = f"{_shown(row.low)} – {_shown(row.high)}"
    return [
        row.what,
        row.year,
        _short(row.unit),
        f"{_shown(row.published)}{known}",
        _shown(row.median),
        spread,
        verdict,
    ]


def _near(row: Any) -> bool:
    return bool(abs(row.median / row.published - 1) <= TOLERANCE)


def _shown(value: float) -> str:
    return f"{value:z,.{0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2}f}"


def _short(unit: str) -> str:
    """`100 million yuan (亿元)` as 亿元."""
    return unit.rpartition("(")[2].rstrip(")") if unit.endswith(")") else unit


def provenance(evidence: Evidence) -> Markup:
    """Versions, digests and the command that rebuilds the report."""
    return table("What computed this, and from what", ["", ""], evidence.provenance.items(), kind="text")


def glossary() -> Markup:
    """The words of the report."""
    return table("Words of this report", ["Word", "中文", "Meaning"], GLOSSARY, kind="text")
