"""What a page of the explorer asks: a policy and what it is held against, checked as the command line is.

found = read("base=plan&lever.rd_subsidy.rate=0.2")
found.question.words()        # of `sanxiang sweep`, which runs the same
address(found.question)       # the same question as a link
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

import yaml

from experiments.plan.drawn_sets import ALL_CENTRAL, SOURCES, ParameterSets
from experiments.plan.overrides import parse_override
from experiments.plan.points import Point, SweepPlan, shown
from experiments.plan.settings import ExecutorSettings
from experiments.plan.words import path_word
from scenarios.files.changes import lever_change, parameter_value, refuse_what_it_comes_to
from scenarios.files.scenario_file import read_closure, read_reform
from scenarios.free_money import refuse_free_money
from scenarios.load import central_values, load_config, load_levers, load_parameters, load_scenarios
from scenarios.region.folder import DEFAULT_REGION, choice_names
from scenarios.spec import BASELINE, LAST_YEAR, LATEST_YEAR, Changes, Scenario
from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.worlds.given import DEFAULT_WORLD

SCALE, PAIRS = 0.1, 100
"""Of the runs behind the page: the size of the province, and at most how many pairs of equal luck."""
OWN = "my_policy"
"""What a policy of the page is called: in its reform file and in tables."""
LONGEST, MOST_KEYS = 20_000, 300  # characters of an address, keys in it
MOST_SEED = 2**32 - 1
KEYS = ("base", "against", "closure", "world", "parameters", "horizon", "seed")
VALUES = ("lever.", "parameters.")


@dataclass(frozen=True)
class Question:
    """A policy and what it is held against.

    base: the scenario that it builds on; against: that it is paired with. levers, parameters: the values that
    differ, as plain data by their keys of the command line; closure: None for the base's. source: of the sets
    of parameters; None for what a sweep takes unless it is told.
    """

    base: str = "plan"
    against: str = BASELINE
    levers: tuple[tuple[str, Any], ...] = ()
    closure: str | None = None
    world: str = DEFAULT_WORLD
    source: str | None = None
    parameters: tuple[tuple[str, float], ...] = ()
    horizon: int = LAST_YEAR
    seed: int = field(default_factory=lambda: int(load_config()["seed"]))

    @property
    def is_own(self) -> bool:
        """Whether the policy is none that ships."""
        return bool(self.levers) or self.closure is not None

    @property
    def name(self) -> str:
        """What the policy is called in tables."""
        return OWN if self.is_own else self.base

    @property
    def id(self) -> str:
        """The same for the same question, however it was written [12 hexadecimal digits]."""
        return sha256(address(self).encode()).hexdigest()[:12]

    def scenario(self) -> Scenario:
        """The policy with the values of all levers.

        Raises:
            InputError: what is allowed value by value and not together.
        """
        base, mistakes = known_scenarios()[self.base], Mistakes()
        changed = base.changed(changes_of(dict(self.levers), mistakes))
        mistakes.stop_if_any()
        refuse_what_it_comes_to(changed, load_levers())
        closure = base.closure if self.closure is None else read_closure(self.closure)
        label = {"en": "my policy", "zh": "我的方案"} if self.is_own else base.label
        return replace(changed, name=self.name, base=self.base, closure=closure, label=label)

    def scenarios(self) -> tuple[Scenario, ...]:
        """What is run: what the policy is held against, and the policy where it is another."""
        other = known_scenarios()[self.against]
        mine = self.scenario()
        return (other,) if self.name == self.against else (other, mine)

    def plan(self, sets: ParameterSets = ALL_CENTRAL, results: Path = Path()) -> SweepPlan:
        """The same as the plan of a sweep: its runs are those of the command line, to the last bit.

        Raises:
            InputError: as scenario; money that costs nothing while a multiplier acts.
        """
        values = central_values(load_parameters())
        for key, value in self.parameters:
            _, group, name = key.split(".")
            values[group][name] = value
        scenarios = self.scenarios()
        for one in scenarios:
            refuse_free_money(one, values)
        point = Point(self.parameters, self.world, SCALE, values, {})
        return SweepPlan(
            experiment="shipped",
            question="",
            scenarios=scenarios,
            points=(point,),
            replications=PAIRS,
            seed=self.seed,
            executor=ExecutorSettings(kind="local"),
            results=results,
            on_error="keep_going",
            composed={},
            region=DEFAULT_REGION,
            horizon=self.horizon,
            sets=sets,
        )

    def words(self, reform: str = f"{OWN}.yaml", scale: float | None = SCALE) -> list[str]:
        """The words of `sanxiang sweep` that run the same. reform: the file of `reform_file`."""
        named = [self.against] + ([] if self.is_own or self.base == self.against else [self.base])
        found = [f"scenario={','.join(named)}"]
        found += [path_word("reform", [reform])] if self.is_own else []
        usual = Question()
        found += [f"world={self.world}"] if self.world != usual.world else []
        found += [f"parameters={self.source}"] if self.source is not None else []
        found += [f"{key}={shown(value)}" for key, value in self.parameters]
        found += [f"horizon={self.horizon}"] if self.horizon != usual.horizon else []
        found += [f"seed={self.seed}"] if self.seed != usual.seed else []
        found += [f"population.scale={shown(scale)}"] if scale is not None else []
        return [*found, f"replications={PAIRS}"]

    def reform_file(self) -> str:
        """The policy as a scenario file, which `sanxiang check` and `sweep reform=` take."""
        table: dict[str, Any] = {"name": OWN, "base": self.base}
        if self.closure is not None:
            table["closure"] = self.closure
        for key, value in self.levers:
            _, name, field_name = key.split(".")
            table.setdefault("lever", {}).setdefault(name, {})[field_name] = value
        return yaml.safe_dump(table, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)


class Read(NamedTuple):
    """What was read of an address: the question, what else it holds, and a line for each mistake.

    whole: whether the question can be run as it stands.
    """

    question: Question
    others: dict[str, str]
    mistakes: list[str]
    whole: bool


@dataclass
class _Reading:
    """The parts of a question while they are read."""

    mistakes: Mistakes = field(default_factory=Mistakes)
    plain: dict[str, Any] = field(default_factory=dict)
    levers: dict[str, Any] = field(default_factory=dict)
    parameters: dict[str, float] = field(default_factory=dict)

    def take(self, key: str, text: str) -> None:
        """One key of an address with its value. Raises: InputError."""
        if key.startswith(VALUES):
            self._take_value(key, text)
        else:
            self.plain["source" if key == "parameters" else key] = _checked(key, text)

    def _take_value(self, key: str, text: str) -> None:
        _, values = parse_override(f"{key}={text}", {})
        if len(values) != 1:
            raise InputError(f"{key} takes one value here, not {len(values)}")
        kind, *parts = key.split(".")
        if kind == "lever":
            lever_change(parts[0], parts[1], values[0], load_levers())
            self.levers[key] = values[0]
        else:
            self.parameters[key] = parameter_value(parts[0], parts[1], values[0], load_parameters())


def read(query: str, others: Mapping[str, Any] | None = None) -> Read:
    """The question of an address, after its `?`; what cannot be used is told and left out, the rest kept.

    others: keys that are not the question's, of which the address may hold one each.
    """
    known, reading = others or {}, _Reading()
    rest: dict[str, str] = {}
    for key, text in pairs_of(query, reading.mistakes):
        if key in known:
            rest.setdefault(key, text)
        elif key in KEYS or key.startswith(VALUES):
            _attempt(reading, key, text)
        else:
            _note(reading.mistakes, unknown("key", key, [*KEYS, *known, "lever.NAME.FIELD"]))
    question = Question(
        **reading.plain,
        levers=tuple(sorted(reading.levers.items())),
        parameters=tuple(sorted(reading.parameters.items())),
    )
    whole = True
    try:
        question.plan()
    except InputError as error:
        _note(reading.mistakes, *error.messages)
        whole = False
    return Read(question, rest, reading.mistakes.messages, whole)


def _attempt(reading: _Reading, key: str, text: str) -> None:
    if key in reading.plain | reading.levers | reading.parameters or (
        key == "parameters" and "source" in reading.plain
    ):
        _note(reading.mistakes, f"{quoted(key)} stands twice; the first is taken")
        return
    try:
        reading.take(key, text)
    except InputError as error:
        _note(reading.mistakes, *error.messages)


def _note(mistakes: Mistakes, *messages: str) -> None:
    """Keeps the mistakes; beyond the most that are told, none is."""
    try:
        mistakes.note(*messages)
    except InputError:
        mistakes.messages = [*mistakes.messages[:20], "and more; these first"]


def pairs_of(query: str, mistakes: Mistakes) -> list[tuple[str, str]]:
    """Keys and values of an address, in its order; none of one that is too long."""
    if len(query) > LONGEST:
        mistakes.note(f"the address has {len(query):,} characters; at most {LONGEST:,}")
        return []
    try:
        found = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_KEYS, errors="replace")
    except ValueError:
        mistakes.note(f"the address has more than {MOST_KEYS} keys")
        return []
    return found


def _checked(key: str, text: str) -> Any:
    """The value of a key of its own. Raises: InputError."""
    if key in ("base", "against"):
        return _one_of("scenario", text, known_scenarios())
    if key == "world":
        return _one_of("world", text, choice_names("world"))
    if key == "parameters":
        return _one_of("parameters", text, SOURCES)
    if key == "closure":
        return str(read_closure(text))
    low, high = (LAST_YEAR, LATEST_YEAR) if key == "horizon" else (0, MOST_SEED)
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and low <= int(text) <= high):
        raise InputError(f"{key} is {quoted(text)}; expected a whole number from {low} to {high}")
    return int(text)


def _one_of(kind: str, name: str, names: Any) -> str:
    if name not in names:
        raise InputError(unknown(kind, name, names))
    return name


def changes_of(levers: Mapping[str, Any], mistakes: Mistakes) -> Changes:
    """The values of levers as changes of a scenario; mistakes are noted."""
    found: dict[tuple[str, str], Any] = {}
    for key, value in levers.items():
        _, name, field_name = key.split(".")
        change = mistakes.attempt(lever_change, name, field_name, value, load_levers())
        if change is not None:
            found[name, field_name] = change
    return found


@cache
def known_scenarios() -> dict[str, Scenario]:
    """The scenarios that ship, by name."""
    return load_scenarios()


def address(question: Question, others: Mapping[str, str] | None = None) -> str:
    """The question as what stands after the `?` of a link; what is as usual is left out."""
    usual = Question()
    pairs = [(key, value) for key, value in plain_keys(question).items() if value != plain_keys(usual)[key]]
    pairs += [(key, shown(value)) for key, value in question.levers + question.parameters]
    return urlencode([*pairs, *(others or {}).items()], safe="{}[]:,.@")


def plain_keys(question: Question) -> dict[str, str]:
    """The keys of an address that are no values of levers and parameters, as text; empty for what is None."""
    values = [getattr(question, "source" if key == "parameters" else key) for key in KEYS]
    return {key: "" if value is None else str(value) for key, value in zip(KEYS, values, strict=True)}


def question_of_reform(path: Path, question: Question) -> Question:
    """The question with the policy of a scenario file, which somebody uploads.

    Raises:
        InputError: as on the command line; what a page cannot show, such as `lever: off`.
    """
    name, lever_table, base, closure = _policy_of(path)
    pairs = [
        (f"lever.{lever}.{key}", value)
        for lever, fields in lever_table.items()
        for key, value in fields.items()
    ]
    found = replace(question, base=base, closure=closure, levers=tuple(sorted(pairs)))
    again = read(address(found))
    if again.mistakes:
        raise InputError(*(f"{name}: {line}" for line in again.mistakes))
    return again.question


def _policy_of(path: Path) -> tuple[str, dict[str, dict[str, Any]], str, str | None]:
    """Name, lever values, base and closure of a scenario file, which stands every check of one."""
    known = load_scenarios([path])
    name, (_, file) = read_reform(path)
    if file.derived is not None or file.lever == "off" or file.base not in known:
        raise InputError(f"{name}: a page takes a file of `base` and `lever` values, not `derived` or `off`")
    levers = {lever: dict(fields) for lever, fields in dict(file.lever).items()}
    return name, levers, str(file.base), file.closure
