"""Where the money of programmes went, 2021 to 2025: bars by recipient, a panel per scenario."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from experiments.change.cost import called as programme_called
from experiments.change.cost import programmes
from experiments.figures import methods
from experiments.figures.drawing import panels, style, text
from experiments.figures.labels import BILLION, RECIPIENTS
from experiments.figures.material.evidence import Evidence, records
from scenarios.spec import LAST_YEAR, POLICY_YEAR
from scenarios.values.errors import InputError

COLUMNS = 3
MARGIN = 1.55  # inches left of the panels, where programmes are named
ROW = 0.19  # inches
POINTS = 5.6
LEAST = 0.001  # 100 m yuan: less is not told from it
NUMBERS = 0.75  # inches right of a bar, where its sums are printed
ALL, MEMO = "all", "memo"
UNIT = BILLION[2]
HEADING = (
    "Where the money went, {}–{} ({}): paid / appropriated",
    "{}–{}年专项资金去向（{}）：实际支付 / 安排",
)
WORDS = (
    "Medians of five-year sums, each by itself: parts need not add up. Memo lines are no programme's cost.",
    "各项均为五年合计的中位数，分别计算，分项之和未必等于合计。备忘项不计入专项公共成本。",
)
WHOLE = (
    "Here sums are those of the whole province: what was simulated, divided by population.scale.",
    "此处各项为全省数额：模拟值除以 population.scale。",
)
# Sums printed below the programmes.
BELOW = {
    ALL: ("All programmes", "全部专项"),
    "relocation_incentives": ("Memo: prefectures' incentives for firms that moved in", "备忘：市州招商优惠"),
    "tax_expenditure": ("Memo: income tax forgone", "备忘：所得税优惠"),
}


def money(
    evidence: Evidence, scenario: str | list[str] | None = None, language: str | None = None
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """What each programme paid to whom in 2021-25, and what was appropriated: a panel per scenario.

    Returns the figure, its axes and the rows drawn, medians over runs of five-year sums [100 m yuan]:
    {scenario, kind, name, recipient, value}. `kind` is `paid` (by programme and recipient), `total` (by
    programme), `appropriated`, or `memo` (sums that are no public cost). They are of the whole province: of a
    part of it, what the case's own `population.scale` makes of it.

    Raises: InputError for an unknown scenario, or results without flows of programmes.
    """
    language = text.language(language)
    cases = evidence.cases_in_panels(scenario)
    data = rows_drawn(evidence, cases)
    names = in_order(data)
    chinese = language == "zh"
    with style.looks():
        left = methods.left_out(
            cases, evidence.asked_cases(None if isinstance(scenario, list) else scenario), language
        )
        figure, shown = _sheet(evidence, language, cases, len(names), left)
        widest = data[(data.kind == "total") & (data.name != ALL)].value.max()
        for place, (case, panel) in enumerate(zip(cases, shown, strict=True)):
            _bars(panel, data[data.scenario == case], names)
            _frame(panel, _called(names, chinese), float(widest), place % COLUMNS == 0)
            title = text.literal(evidence.short_name(case), 26)
            panel.set_title(title, fontsize=8, weight="bold", parse_math=False)
        entries = [(Patch(color=_colour(key)), RECIPIENTS[key].name(language)) for key in _paid(data)]
        style.key(figure, entries)
    return figure, np.array(shown), data


def rows_drawn(evidence: Evidence, cases: list[str]) -> pd.DataFrame:
    """Medians over runs of sums over 2021-25 by programme and recipient, totals, appropriations, memo lines.

    Raises: InputError when the results hold no flow of a programme.
    """
    flows = flow_columns(evidence)
    if not flows:
        raise InputError(f"{evidence.folder} holds no flows of programmes")
    during = evidence.annual.year.between(POLICY_YEAR, LAST_YEAR) & evidence.annual.case.isin(cases)
    memos = [name for name in BELOW if name in evidence.annual]
    runs = evidence.annual[during].groupby(["case", "run_id"], observed=True)
    sums = runs[[*flows, *memos]].sum()
    sums = sums.div(UNIT * evidence.scales_of(sums.index.get_level_values("case")), axis=0)
    totals = sums[list(flows)].T.groupby({column: name for column, (name, _) in flows.items()}).sum().T
    totals[ALL] = totals.sum(axis=1)
    parts = [
        _medians(sums, {column: ("paid", name, to) for column, (name, to) in flows.items()}),
        _medians(totals, {str(name): ("total", str(name), "") for name in totals}),
        _medians(sums, {name: (MEMO, name, "") for name in memos}),
        appropriated(evidence, cases, [str(name) for name in totals]),
    ]
    rows = pd.concat(parts, ignore_index=True)
    return rows[["scenario", "kind", "name", "recipient", "value"]]


def flow_columns(evidence: Evidence) -> dict[str, tuple[str, str]]:
    """The series flow_PROGRAMME_RECIPIENT that the results hold: their programme and recipient."""
    names = programmes(evidence.annual)
    found = {f"flow_{name}_{recipient}": (name, recipient) for name in names for recipient in RECIPIENTS}
    return {column: parts for column, parts in found.items() if column in evidence.annual}


def appropriated(evidence: Evidence, cases: list[str], names: list[str]) -> pd.DataFrame:
    """The money set apart for each programme and for all of them over 2021-25 [100 m yuan]."""
    known = evidence.budgets[evidence.budgets.case.isin(cases) & evidence.budgets.programme.isin(names)]
    single = known.rename(columns={"case": "scenario", "programme": "name"})
    together = single.groupby("scenario", as_index=False, observed=True).appropriated.sum().assign(name=ALL)
    rows = pd.concat([single, together], ignore_index=True)
    whole = rows.appropriated.astype(float) / (UNIT * evidence.scales_of(rows.scenario))
    return rows.assign(kind="appropriated", recipient="", value=whole)


def in_order(data: pd.DataFrame) -> list[str]:
    """Programmes by the largest total of a scenario, then what is printed below them."""
    totals = data[(data.kind == "total") & (data.name != ALL)].groupby("name").value.max()
    below = [name for name in BELOW if name in set(data.name)]
    return [*totals.sort_values(ascending=False, kind="stable").index, *below]


def _medians(values: pd.DataFrame, said: Mapping[str, tuple[str, str, str]]) -> pd.DataFrame:
    """Medians over the runs of each case, of these columns: their kind, name and recipient."""
    medians = values[list(said)].groupby(level="case", observed=True).median()
    rows = [
        (case, *told, medians.at[case, column]) for column, told in said.items() for case in medians.index
    ]
    return pd.DataFrame(rows, columns=["scenario", "kind", "name", "recipient", "value"])


def _called(names: list[str], chinese: bool) -> list[str]:
    called = [BELOW[name][chinese] if name in BELOW else programme_called(name)[chinese] for name in names]
    return [text.fitted(name[:1].upper() + name[1:], MARGIN - 0.1, POINTS) for name in called]


def _paid(data: pd.DataFrame) -> list[str]:
    """Recipients that some programme paid."""
    found = set(data[(data.kind == "paid") & (data.value > 0)].recipient)
    return [key for key in RECIPIENTS if key in found]


def _colour(recipient: str) -> str:
    return style.COLOURS[list(RECIPIENTS).index(recipient)]


def _sheet(
    evidence: Evidence, language: str, cases: list[str], rows: int, left_out: list[str]
) -> tuple[Figure, list[Axes]]:
    chinese, count = language == "zh", len(cases)
    heading = HEADING[chinese].format(POLICY_YEAR, LAST_YEAR, BILLION[chinese])
    method = methods.of_medians(language)
    whole = [WHOLE[chinese]] if set(evidence.scales_of(pd.Index(cases))) != {1.0} else []
    notes = [WORDS[chinese], *whole, *evidence.footnotes("money", language, method, left_out)]
    columns = min(count, COLUMNS)
    figure, grid = style.sheet(
        heading, notes, -(-count // columns), columns, ROW * rows, left=MARGIN, above=1.0, gap=(0.12, 0.5)
    )
    shown = [panel for row in grid for panel in row]
    for empty in shown[count:]:
        empty.remove()
    return figure, shown[:count]


def _bars(axes: Axes, rows: pd.DataFrame, names: list[str]) -> None:
    """Bars of what was paid, one part after the other, and the sums at their ends."""
    ends = dict.fromkeys(names, 0.0)
    for row in records(rows[(rows.kind == "paid") & (rows.value > 0)]):
        axes.barh(names.index(row.name), row.value, 0.66, ends[row.name], color=_colour(row.recipient))
        ends[row.name] += row.value
    for place, name in enumerate(names):
        sums = rows[rows.name == name].groupby("kind").value.sum()
        shown = " / ".join(_sum(sums, kind) for kind in ("total", "appropriated"))
        words = _sum(sums, MEMO) if MEMO in sums else shown
        colour = style.GREY if MEMO in sums else style.BLACK
        style.write(axes, ends[name], place, f" {words}", va="center", fontsize=POINTS, color=colour)


def _sum(sums: pd.Series, kind: str) -> str:
    if kind not in sums:
        return "–"
    return f"<{LEAST}" if 0 < sums[kind] < LEAST else panels.number(float(f"{sums[kind]:.3g}"))


def _frame(axes: Axes, called: list[str], widest: float, named: bool) -> None:
    room = 1 - NUMBERS / style.inches(axes)
    axes.set_xlim(0, max(widest, 1e-6) / room)
    axes.set_ylim(len(called) - 0.4, -0.6)
    axes.set_yticks(range(len(called)), called if named else [""] * len(called), fontsize=POINTS)
    axes.tick_params(axis="y", length=0)
    style.spread_ticks(axes, 4)
