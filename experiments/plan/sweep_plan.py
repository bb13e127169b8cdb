"""From the words of a command line to the plan of a sweep, every value of every point checked.

plan = plan_sweep(["experiment=subsidy_rates", "replications=20"])
for specs in plan.units():
    simulate(specs)
"""

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from experiments.plan.chosen_region import chosen_levers, chosen_region
from experiments.plan.composition import compose
from experiments.plan.contradictions import check_shared_past, refuse_contradictions
from experiments.plan.distinct_points import refuse_equal_points, refuse_repetition, refuse_thousands
from experiments.plan.drawn_sets import SOURCES, ParameterSets, drawn_sets, said_of
from experiments.plan.files_given import Listed, experiment_asked, files_of, points_listed, refuse_world
from experiments.plan.no_change import notices
from experiments.plan.overrides import (
    APPROXIMATE,
    Overrides,
    check_key,
    parse_override,
    parse_overrides,
    takes_several,
)
from experiments.plan.patience import Say, counted, silent
from experiments.plan.points import Point, SweepPlan, refuse_combinations, shown
from experiments.plan.settings import ExperimentFile, Settings, folder_of, refuse_without_auto, run_as
from experiments.plan.size import CONFIRM, SCALE, TOLD_SECONDS, refuse_unconfirmed, size_of
from experiments.plan.until_known import until_of
from scenarios.files.blocks_given import Home
from scenarios.files.changes import lever_change, parameter_value
from scenarios.lever import PACKAGE
from scenarios.load import central_values, load_choices, load_levers, load_parameters, load_scenarios
from scenarios.measures import load_measures
from scenarios.own.folder import OwnFiles, own_runs
from scenarios.region.folder import CONFIGS, choice_names
from scenarios.spec import BASELINE, Scenario
from scenarios.targets import load_targets
from scenarios.values.errors import InputError, Mistakes, unknown, with_place
from scenarios.values.number import checked_value
from scenarios.values.parameters import check_parameter_names
from scenarios.values.record import read_record
from scenarios.worlds.given import is_file, lasting_world
from scenarios.worlds.world import load_world

SCALES = (1e-3, 1e3)  # below, a run may start without one certified firm or patent, and has no such target
DEFAULT_EXPERIMENT = "shipped"
CHOICES = ("experiment", "executor", "parameters")
NOT_COMPOSED = (*CHOICES, "points", CONFIRM)

Axes = dict[str, tuple[Any, ...]]


def plan_sweep(
    words: Sequence[str], folder: Path = CONFIGS, package: str = PACKAGE, say: Say = silent
) -> SweepPlan:
    """The plan of a sweep from the words of its command line; say: is told the size of a large one.

    Raises:
        InputError: one line per mistake; nothing has been run or written.
    """
    region = chosen_region(words, folder)
    own = chosen_levers(words, region, folder, package)
    return Planner(folder, package, region, say, own).plan(words)


class Planner:
    """Checks the words of a command line against what there is in configs/."""

    def __init__(self, folder: Path, package: str, region: str, say: Say, own: OwnFiles) -> None:
        self.folder, self.package, self.region, self.say = folder, package, region, say
        self.own = own
        self.levers = load_levers(folder, package, region) | {n: one.file for n, one in own.items()}
        self.numbers = load_parameters(folder, region)
        self.names = {
            group: choice_names(group, folder, region)
            for group in ("scenario", "world", "experiment", "executor")
        }
        self.experiments = load_choices("experiment", folder)
        self.names["parameters"] = list(SOURCES)

    def plan(self, words: Sequence[str]) -> SweepPlan:
        """See plan_sweep."""
        mistakes = Mistakes()
        overrides = parse_overrides(words, self.names, mistakes)
        for word in words:
            mistakes.attempt(self.check_thousands, *word.partition("=")[::2])
        given = dict(overrides)
        self.world_files = {lasting_world(str(name)) for name in overrides.get("world", ())}
        experiment = mistakes.attempt(self.experiment_named, overrides)
        mistakes.attempt(self.check_choices, overrides)
        listed = mistakes.attempt(points_listed, overrides, self.names)
        axes = mistakes.attempt(self.axes, experiment or DEFAULT_EXPERIMENT, overrides)
        mistakes.stop_if_any()
        assert axes is not None and listed is not None and experiment is not None
        settings, composed = self.settings(overrides, axes)
        mistakes.attempt(refuse_without_auto, settings)
        scenarios = mistakes.attempt(self.scenarios, settings, overrides)
        cases = len(scenarios or ()), axes, listed
        mistakes.attempt(self.announce, cases, settings, overrides.get(CONFIRM, ()))
        given_sets = overrides.get("parameters", (None,))[0], self.region, self.folder, APPROXIMATE in words
        sets = mistakes.attempt(drawn_sets, settings, *given_sets, self.own)
        mistakes.stop_if_any()
        points = mistakes.attempt(self.points, axes, listed, settings)
        mistakes.attempt(self.check_data, points or ())
        mistakes.stop_if_any()
        assert scenarios is not None and points is not None and sets is not None
        refuse_contradictions(scenarios, points, self.region, self.folder)
        refuse_combinations(scenarios, points, self.levers)
        refuse_equal_points(scenarios, points)
        composed |= run_as(settings, experiment, [one.name for one in scenarios]) | sets.composed
        composed |= {key: str(path) for key, path in files_of(given, ()) if key == "points"}
        return SweepPlan(
            experiment=experiment,
            question=settings.question,
            scenarios=scenarios,
            points=points,
            replications=settings.most,
            until=until_of(settings, len(sets.values)),
            seed=settings.seed,
            executor=settings.executor,
            results=folder_of(settings, experiment),
            on_error=settings.on_error,
            composed=composed,
            region=self.region,
            horizon=settings.horizon,
            sets=sets,
            notices=tuple(self.notices(settings, scenarios, points, sets)),
            files=files_of(given, settings.reform),
            own=own_runs(self.own),
        )

    def announce(self, cases: tuple[int, Axes, Listed], settings: Settings, confirmed: Sequence[Any]) -> None:
        """Says how large the sweep is, unless it is soon done, before its points are checked one by one."""
        mistakes = Mistakes()
        scales = [settings.population.scale, *(point[SCALE] for point in cases[2] if SCALE in point)]
        for scale in {shown(one): one for one in scales}.values():
            mistakes.attempt(self.checked, SCALE, scale)
        mistakes.stop_if_any()
        size = size_of(*cases, settings)
        refuse_unconfirmed(size, confirmed)
        if size.seconds > TOLD_SECONDS:
            self.say(f"{size}")

    def experiment_named(self, overrides: Overrides) -> str:
        """The name of the experiment, whose file is among the known ones from here on."""
        asked = str(overrides.pop("experiment", ("",))[0])
        name, content = experiment_asked(asked or DEFAULT_EXPERIMENT, self.experiments)
        if content is not None:
            self.experiments[name] = content
            self.names["experiment"].append(name)
        overrides |= {"experiment": (name,)} if asked else {}
        return name

    def check_data(self, points: Sequence[Point]) -> None:
        """Reads what every run will read: its world, the region, the targets, the names of parameters."""
        mistakes = Mistakes()
        for world in dict.fromkeys(point.world for point in points):
            mistakes.attempt(load_world, world, self.region, self.folder)
        mistakes.attempt(load_targets, self.folder, self.region)
        mistakes.attempt(load_measures, self.region, self.folder, self.package)
        mistakes.attempt(check_parameter_names, self.numbers, self.region, self.folder)
        mistakes.stop_if_any()

    def check_choices(self, overrides: Overrides) -> None:
        """Refuses choices that do not exist, and settings that the chosen executor has not."""
        mistakes = Mistakes()
        for group in (*CHOICES, "scenario", "world"):
            mistakes.attempt(
                self._check_names, group, overrides.get(group, ()), bool(overrides.get("reform"))
            )
        mistakes.stop_if_any()
        executor = overrides.get("executor", ("local",))[0]
        known = [
            f"executor.{key}" for key in load_choices("executor", self.folder)[executor] if key != "kind"
        ]
        for key in overrides:
            if key.startswith("executor.") and key not in known:
                raise InputError(f"{unknown('key', key, known)} (executor={executor})")

    def _check_names(self, group: str, names: Sequence[Any], reforms: bool = False) -> None:
        for name in names:
            if group == "world" and is_file(str(name)):
                refuse_world(str(name), self.world_files)
            elif name not in self.names[group] and not (group == "scenario" and reforms):
                raise InputError(unknown(group, shown(name), self.names[group]))

    def experiment_file(self, name: str, overrides: Overrides) -> tuple[str, ExperimentFile]:
        """Where an experiment's file lies, for messages, and its content with every name checked.

        Its scenarios may be those of another region: then the command line has to name some.
        """
        path = str(self.folder / "experiment" / f"{name}.yaml")
        file = read_record(ExperimentFile, self.experiments[name], path)
        scenarios = [file.scenario] if isinstance(file.scenario, str) else file.scenario or []
        for group, names in (("scenario", scenarios), ("world", [file.world] if file.world else [])):
            if group in overrides:
                continue
            with_place(f"{path}: ", self._check_names, group, names)
        return f"{path}: ", file

    def axes(self, experiment: str, overrides: Overrides) -> Axes:
        """The values to try by key, checked: those of the experiment, then those of the command line."""
        known = experiment in self.names["experiment"]
        where, file = self.experiment_file(experiment, overrides) if known else ("", ExperimentFile())
        mistakes = Mistakes()
        axes: Axes = {}
        for key, given in file.sweep.items():
            values = mistakes.attempt(with_place, where, self._listed, key, given)
            axes[key] = () if values is None else values
        for key, values in overrides.items():
            if takes_several(key) and key not in ("scenario", "reform"):
                mistakes.attempt(self._check_values, key, values)
                axes[key] = values
        mistakes.stop_if_any()
        return {key: tuple(values) for key, values in axes.items()}

    def _listed(self, key: str, given: Any) -> tuple[Any, ...]:
        """The values that an experiment's file lists for a key, or gives in Hydra's grammar as text."""
        check_key(key)
        if not takes_several(key) or key in ("scenario", "reform"):
            raise InputError(
                f"{key} cannot be swept; expected lever., parameters., world or population.scale"
            )
        if isinstance(given, str):
            self.check_thousands(key, given)
        listed = parse_override(f"{key}={given}", self.names)[1] if isinstance(given, str) else given
        values = tuple(listed) if isinstance(listed, (list, tuple)) else (listed,)
        if not values:
            raise InputError(f"{key} has no values")
        self._check_values(key, values)
        return values

    def _check_values(self, key: str, values: Sequence[Any]) -> None:
        mistakes = Mistakes()
        checked = [mistakes.attempt(self.checked, key, value) for value in values]
        mistakes.stop_if_any()
        refuse_repetition(key, values, checked)

    def check_thousands(self, key: str, text: str) -> None:
        """Asks about what may be a list or a number with separators; see distinct_points.py."""
        allowed = self._range(key)
        if allowed is not None:
            refuse_thousands(key, text, allowed)

    def _range(self, key: str) -> tuple[float, float] | None:
        """The lowest and highest value of a key that takes numbers; None for any other."""
        kind, *parts = key.split(".")
        if key == "population.scale":
            return SCALES
        if kind == "lever" and len(parts) == 2 and parts[0] in self.levers:
            number = self.levers[parts[0]].fields.get(parts[1])
        else:
            number = self.numbers.get(parts[0], {}).get(parts[1]) if len(parts) == 2 else None
        return None if number is None else number.range

    def checked(self, key: str, value: Any) -> Any:
        """One value of one key in the type that a run takes.

        Raises:
            InputError: unknown name, wrong type, out of range.
        """
        kind, *parts = key.split(".")
        if kind == "world":
            self._check_names("world", [value])
            return lasting_world(str(value))
        if kind == "population":
            return checked_value(value, key, SCALES, "multiple of the region's economy")
        if kind == "lever":
            return lever_change(parts[0], parts[1], value, self.levers, home=Home(self.region, self.folder))
        return parameter_value(parts[0], parts[1], value, self.numbers)

    def settings(self, overrides: Overrides, axes: Axes) -> tuple[Settings, dict[str, Any]]:
        """The composed configuration: what is the same in all points, and under `sweep` what is not."""
        choices = {key: str(values[0]) for key, values in overrides.items() if key in CHOICES}
        single = {key: values[0] for key, values in axes.items() if len(values) == 1}
        given = {key: values[0] for key, values in overrides.items() if key not in (*NOT_COMPOSED, *axes)}
        given |= {key: list(overrides[key]) for key in ("scenario", "reform") if key in overrides}
        composed = compose(choices, given | single, self.folder, self.levers, self.region, self.experiments)
        composed["sweep"] = {key: list(values) for key, values in axes.items() if len(values) > 1}
        return read_record(Settings, composed, ""), composed

    def scenarios(self, settings: Settings, overrides: Overrides) -> tuple[Scenario, ...]:
        """The scenarios to run: the named ones and the reforms.

        Where none is named, lever values are tried in the baseline, and a reform is run beside it.
        """
        if not all(settings.reform):
            raise InputError("reform names no file")
        known = load_scenarios(settings.reform, self.folder, self.package, self.region, self.own)
        self.known = known
        reforms = [name for name in known if name not in self.names["scenario"]]
        named = [settings.scenario] if isinstance(settings.scenario, str) else settings.scenario
        own_policy = reforms or any(key.startswith(("lever.", "points")) for key in overrides)
        if own_policy and not {"scenario", "experiment"} & overrides.keys():
            named = [BASELINE]
        for name in named:
            if name not in known:
                raise InputError(unknown("scenario", name, known))
        refuse_repetition("scenario", named, named)
        chosen = tuple(known[name] for name in dict.fromkeys([*named, *reforms]))
        if not chosen:
            raise InputError("scenario names none")
        check_shared_past(chosen)
        return chosen

    def notices(
        self,
        settings: Settings,
        scenarios: Sequence[Scenario],
        points: Sequence[Point],
        sets: ParameterSets,
    ) -> list[str]:
        """What of the command changes nothing, and where its parameters come from, a line each."""
        reforms = [one.name for one in scenarios if one.name not in self.names["scenario"]]
        central = None if sets.values else central_values(self.numbers)
        given = [key for point in points for key, _ in point.given]
        return [*notices(scenarios, points, self.known, reforms, central), *said_of(sets, given)]

    def points(self, axes: Axes, listed: Listed, settings: Settings) -> tuple[Point, ...]:
        """Every combination of the values to try, with each of the points that a file lists."""
        combinations = product(*([(key, value) for value in values] for key, values in axes.items()))
        told = counted(product(combinations, listed), "planning: {:,} points checked", self.say)
        mistakes = Mistakes()
        found = [mistakes.attempt(self.point, dict(given) | point, settings) for given, point in told]
        mistakes.stop_if_any()
        return tuple(point for point in found if point is not None)

    def point(self, given: Mapping[str, Any], settings: Settings) -> Point:
        """One combination of values, in the types that runs take."""
        parameters = central_values(self.numbers)
        changes = {}
        for key, value in given.items():
            kind, *parts = key.split(".")
            if kind == "parameters":
                parameters[parts[0]][parts[1]] = self.checked(key, value)
            elif kind == "lever":
                changes[parts[0], parts[1]] = self.checked(key, value)
        return Point(
            given=tuple(given.items()),
            world=self.checked("world", given.get("world", settings.world)),
            scale=self.checked("population.scale", given.get("population.scale", settings.population.scale)),
            parameters=parameters,
            changes=changes,
        )
