"""`sanxiang fit-base`: solves the few level constants of the model from the data of 2016-20, nothing else.

Some constants are what the baseline itself gives (the value added of technology firms, which the rest of GDP
is counted from); the others are moved until the median of the baseline meets a published level.

    from experiments.evidence.fit_base import fit_base
    fitted = fit_base(replications=20)
    print(fitted.lines())
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.evidence.parameter_file import changed_lines
from experiments.evidence.past import YEARS, Past, baseline, demands_over_implied, pasts
from experiments.evidence.secant import Unknown, solve
from scenarios.drawn import Values, changed
from scenarios.load import central_values, load_parameters
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import Region, load_region
from scenarios.spec import LAST_YEAR, POLICY_YEAR
from scenarios.values.errors import InputError
from scenarios.values.tables import YI

Key = tuple[str, str]  # group and name of a parameter
INVENTIONS = "invention_patents_enterprises"
SOLVED_BY = "solved by sanxiang fit-base from 2016-20 data: "
SALES_OF_2015 = ("synthesis", "value_added_per_sales")
STARTED = "value_added_2015"
TREND = ("rest", "home_demand_trend")
OF_THE_TREND = (
    "solved by sanxiang fit-base from the baseline's own runs to 2025, no data: growth of what firms buy at"
    " home above that of their national markets, median"
)
OF_THE_REST = "median over baseline runs; published GDP less this is the rest of the province"
READ_OFF = {
    (
        "economy",
        "technology_value_added_2015",
    ): "value added of high-tech industries 2015, the start population's, with the share of research of 2016",
    (
        "economy",
        "digital_core_firms_2020",
    ): "median over baseline runs of the firms' part of the digital core",
}
REPLICATIONS = 20
YEARS_AFTER = LAST_YEAR - POLICY_YEAR + 1


@dataclass(frozen=True)
class Level:
    """A constant that is moved until a gap closes.

    gap: log of median over published, or another measure that is zero when the level is met.
    published: the series or base that holds the level. meaning: what the level is, for the file.
    additive: the constant itself is moved, else its logarithm.
    """

    key: Key
    gap: Callable[[Mapping[str, np.ndarray]], float]
    published: str
    meaning: str
    additive: bool = False


def log_gap(
    name: str, levels: Mapping[int, float], unit: float
) -> Callable[[Mapping[str, np.ndarray]], float]:
    """Mean over the published years of the log of median over published."""
    return lambda medians: float(np.mean(gaps(name, levels, unit, medians)))


def gaps(
    name: str, levels: Mapping[int, float], unit: float, medians: Mapping[str, np.ndarray]
) -> list[float]:
    """Log of median over published in every published year."""
    path = medians[name]
    return [float(np.log(path[YEARS.index(year)] / (unit * levels[year]))) for year in known(levels)]


def known(levels: Mapping[int, float]) -> list[int]:
    """The published years to 2020."""
    return [year for year in YEARS if year in levels]


def levels(region: str = DEFAULT_REGION) -> list[Level]:
    """The constants that are moved, each with the level it has to meet.

    Raises:
        InputError: the region has published none of the levels of one.
    """
    known = load_region(region)
    needed = ("hnte", "rd_enterprises", INVENTIONS)
    missing = [name for name in needed if not set(published(name, known)) & set(YEARS)]
    if missing:
        raise InputError(
            f"region {region}: series.yaml has no {', '.join(missing)}, which levels are solved for"
        )
    certified, research, inventions = (published(name, known) for name in needed)
    return [
        Level(
            ("economy", "outside_growth"),
            log_gap("sei_value_added", of_2020("sei_value_added_2020", known), YI),
            "sei_value_added_2020",
            "emerging value added of 2020",
            additive=True,
        ),
        Level(
            SALES_OF_2015,
            lambda medians: float(
                np.log(medians[STARTED][0] / (known.marginals.constants["value_added"] * YI))
            ),
            "value_added",
            "value added of high-tech industries 2015, which the first firms make of these sales",
        ),
        Level(
            ("firms", "research_scale"),
            log_gap("rd_enterprises", research, YI),
            "rd_enterprises",
            "enterprise research of 2016, 2017 and 2020, mean gap; level only",
        ),
        Level(
            ("firms", "certification_hazard"),
            log_gap("hnte", certified, 1.0),
            "hnte",
            "certified enterprises 2017-20, mean gap; level of mid-2020 only, its path is assumed",
        ),
        Level(
            ("firms", "patent_scale"),
            log_gap(INVENTIONS, inventions, 1.0),
            INVENTIONS,
            "inventions of enterprises in force at the end of 2020, counted in November; level only",
        ),
    ]


def read_off(runs: Sequence[Past]) -> Values:
    """The constants that are medians of the baseline: value added by year and the digital part of it.

    What firms add to GDP is counted as GDP counts it, research as far as the accounts capitalise it.
    """
    expensed, by_year = (
        np.median([of_firms(run) for run in runs], axis=0) for of_firms in (expensed_by_firms, added_by_firms)
    )
    in_2015 = load_region(runs[0].region).marginals.constants["value_added"] * YI
    start = in_2015 * float(by_year[0] / expensed[0])
    found = {("economy", "technology_value_added_2015"): start}
    for year, value in zip(YEARS, by_year.tolist(), strict=True):
        found["economy", f"technology_value_added_{year}"] = value
    digital = float(np.median([run.digital_of_firms for run in runs]))
    return found | {("economy", "digital_core_firms_2020"): digital}


def expensed_by_firms(run: Past) -> np.ndarray:
    """Value added of technology firms with research as a cost, by year [yuan]."""
    return run.annual["technology_value_added"]


def added_by_firms(run: Past) -> np.ndarray:
    """What technology firms add to the run's GDP, by year [yuan]."""
    return expensed_by_firms(run) + run.annual["gdp"] - run.annual["gdp_expensed"]


def medians(runs: Sequence[Past]) -> dict[str, np.ndarray]:
    """The median over runs of every indicator, one value a year; enterprises' inventions in 2020 alone.

    Besides the value added of the first firms, one value.
    """
    found = {name: np.median([run.annual[name] for run in runs], axis=0) for name in runs[0].annual}
    held = np.median([run.inventions["enterprises"] for run in runs])
    started = np.median([run.value_added_2015 for run in runs])
    return found | {
        INVENTIONS: np.where(np.array(YEARS) == YEARS[-1], held, np.nan),
        STARTED: np.array([started]),
    }


def published(name: str, region: Region) -> dict[int, float]:
    """A published series of a region by year [published unit]; empty where it has none."""
    return dict(region.series[name].years) if name in region.series else {}


def of_2020(name: str, region: Region) -> dict[int, float]:
    """A published base of the plan [published unit]; empty where it has none."""
    return {2020: region.bases[name].number.at(2020)} if name in region.bases else {}


@dataclass(frozen=True)
class Fitted:
    """Solved values, the gaps that are left, and the runs of the solution."""

    values: Values
    gaps: dict[Key, float]
    runs: list[Past]

    def sources(self) -> dict[Key, str]:
        """What each value was solved from, for the parameters' files."""
        meanings = {level.key: level.meaning for level in levels(self.region)} | READ_OFF
        found = {key: SOLVED_BY + meanings.get(key, OF_THE_REST) for key in self.values}
        return found | {TREND: OF_THE_TREND}

    def lines(self) -> list[str]:
        """The changed lines of the parameters' files."""
        return changed_lines(self.values, self.sources(), self.region)

    @property
    def region(self) -> str:
        """Whose levels they are."""
        return self.runs[0].region


def fit_base(
    replications: int = REPLICATIONS,
    workers: int | None = None,
    say: Callable[[str], None] = print,
    rounds: int = 10,
    tolerance: float = 0.002,
    region: str = DEFAULT_REGION,
) -> Fitted:
    """Solves the level constants with `replications` baseline runs to 2020 per step.

    tolerance: largest gap that counts as closed [log points]. say: told of every step.
    """
    world = Baseline(replications, workers, region)
    moved = levels(region)
    unknowns = [world.unknown(level) for level in moved]

    def measure(points: Sequence[float]) -> list[float]:
        found = world.run(dict(zip((level.key for level in moved), points, strict=True)))
        left = [level.gap(found) for level in moved]
        pairs = zip(unknowns, points, left, strict=True)
        say("  ".join(f"{u.name} {x:.5g} ({g:+z.4f})" for u, x, g in pairs))
        return left

    best = solve(unknowns, measure, rounds=rounds, tolerance=tolerance)
    left = measure([shortened(value) for value in best])
    values = world.values | {TREND: world.trend()}
    return Fitted(values, dict(zip((level.key for level in moved), left, strict=True)), world.runs)


class Baseline:
    """Baseline runs under changing level constants; those that are read off follow the last runs."""

    def __init__(
        self,
        replications: int,
        workers: int | None,
        region: str,
        drawn: Values | None = None,
    ):
        """drawn: parameters that differ from the central ones."""
        self.replications, self.workers, self.region = replications, workers, region
        self.numbers = load_parameters(region=region)
        self.parameters = changed(central_values(self.numbers), drawn or {})
        self.values: Values = {}
        self.runs: list[Past] = []

    def unknown(self, level: Level) -> Unknown:
        """The unknown of a level: where it starts and how far it may go.

        Raises:
            InputError: the region has no such parameter.
        """
        group, name = level.key
        number = self.numbers.get(group, {}).get(name)
        if number is None:
            raise InputError(
                f"region {self.region}: parameters/{group}.yaml has no {name}, which is solved for"
            )
        return Unknown(name, number.at(YEARS[0]), *number.range, additive=level.additive)

    def run(self, moved: Values) -> dict[str, np.ndarray]:
        """Medians under the moved constants."""
        parameters = changed(self.parameters, self.values | moved)
        self.runs = pasts(baseline(self.replications, parameters, region=self.region), self.workers)
        self.values = moved | {key: shortened(value) for key, value in read_off(self.runs).items()}
        return medians(self.runs)

    def trend(self) -> float:
        """The trend of demand at home with which the baseline's median is what the world implies."""
        parameters = changed(self.parameters, self.values)
        specs = baseline(self.replications, parameters, region=self.region)
        before, over = parameters[TREND[0]][TREND[1]], demands_over_implied(specs, self.workers)
        return shortened((1.0 + before) * float(np.median(over)) ** (1.0 / YEARS_AFTER) - 1.0)


def shortened(value: float) -> float:
    """A value to four significant digits, as the files hold it."""
    return float(f"{value:.4g}")
