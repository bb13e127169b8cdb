"""What a lever is: a class in scenarios/levers/NAME.py and its file configs/lever/NAME.yaml, found by name.

The file says unit and range of each field; what was in force says the region's levers.yaml.

    @dataclass(frozen=True)
    class InnovationVoucher(Lever):       # scenarios/levers/innovation_voucher.py
        share: float                      # unit and range: configs/lever/innovation_voucher.yaml
        budget: float

        def offer(self, economy):
            economy.offer("research_support", self.name, rate=self.share)

The class has exactly the value fields of the file. Nothing is registered anywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, ClassVar, final, get_type_hints

from pydantic import Field

from scenarios.blocks import BLOCKS, is_block
from scenarios.in_force import InForce
from scenarios.lever_here import Acting, levers_here
from scenarios.lever_offers import check_local, check_programme, offers_of, refuse_two_of_one
from scenarios.own.outside import Outside
from scenarios.own.own_lever import OwnLever
from scenarios.spec import FIRST_YEAR, POLICY_YEAR, Scenario
from scenarios.thrusts import Home
from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.values.exact_text import exact_text
from scenarios.values.file_names import yaml_files
from scenarios.values.number import Number, read_number
from scenarios.values.record import Label, Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml

PACKAGE = "scenarios.levers"


class Lever:
    """One instrument of policy, with its values of one year.

    It says what it offers and asks for the year's budget; it never overwrites, never counts its own cost and
    never touches an outcome. What is claimed on its offers is paid from its budget.
    """

    name: ClassVar[str]  # of its module, of its file and of its programme

    def __init_subclass__(cls) -> None:
        cls.name = cls.__module__.rpartition(".")[2]

    def offer(self, economy: Any) -> None:
        """Offers what the lever's values say: `economy.offer(family, self.name, to=..., **terms)`.

        The families stand in agents/money/families.py. `economy.firms` holds the firms as they are.
        """
        raise NotImplementedError(f"{type(self).__name__} does not say what it offers")

    @final
    def apply(self, economy: Any) -> None:
        """Makes the lever's offers, and asks for the budget of the year."""
        self.offer(economy)
        if hasattr(self, "budget"):
            economy.appropriate(self.name, self.budget)


class Passage(Record):
    """Words of the plan, verbatim, and the section in which they stand."""

    section: Words
    quote: Words


class Evidence(Record):
    """A published effect of instruments of this kind."""

    effect: Words
    cite: Words
    range: list[float] | None = Field(default=None, min_length=2, max_length=2)
    value: float | None = None
    unit: Words | None = None
    status: Words | None = None
    note: Words | None = None


class Account(Record):
    """The budget account behind a lever: its flow, how it is rationed, whether leftovers are carried."""

    account: Words
    rule: Words
    carry_over: bool = False


class Dose(Record):
    """How much of a lever a plan means where its scenario says nothing of it, and whence that is known.

    fields: values as in a scenario, a number from 2021 on or {year: value}.
    """

    fields: dict[Words, float | dict[int, float]] = Field(min_length=1)
    source: Words


class About(Record):
    """What a lever's file says about the lever besides its values."""

    id: Words
    label: Label
    plan: list[Passage]
    authority: Words
    programme: Account | None
    evidence: list[Evidence]
    measures: list[Words]  # ids in the measures.yaml of the region
    reason: Words | None = None  # why there are none
    thrust: Home  # of the plan in which most of its measures stand: scenarios/thrusts.py
    observable: list[Words] = Field(default_factory=list)  # series in which it shows; its spending if none
    local: bool = False  # whether it can be given by prefecture and industry: scenarios/blocks.py
    locally: Words | None = None  # what a block of it does, or why it has none
    dose: Dose | None = None  # what the plan means, where its scenario does not say
    no_effect: Words | None = None  # why it does nothing, where `sanxiang levers --effects` finds nothing


class LeverFile(Record):
    """A lever's file: what it is about, and its values as numbers. offers: the families it offers of."""

    name: str
    about: About
    fields: dict[str, Number]
    whole: frozenset[str]  # the fields that take whole numbers only
    offers: tuple[str, ...]


def read_levers(
    folder: Path, package: str = PACKAGE, in_force: InForce | None = None
) -> dict[str, LeverFile]:
    """All levers by name, in the order of their ids; in_force: what a region says of them.

    Raises:
        InputError: a file without module or the reverse, a field in one and not the other, a bad number, an
            offer that nobody pays, a programme on which nobody can claim.
    """
    modules = _module_names(package)
    files = {path.stem: path for path in yaml_files(folder)}
    lines = [f"{files[n]}: no module {package}.{n} belongs to it" for n in sorted(files.keys() - modules)]
    lines += [f"{package}.{n}: has no file {folder}/{n}.yaml" for n in sorted(modules - files.keys())]
    if lines:
        raise InputError(*lines)
    of_region = in_force or InForce()
    of_region.refuse_others(files)
    levers = [read_lever(path, package, of_region) for path in files.values()]
    _refuse_repeated_ids(levers)
    refuse_two_of_one({lever.name: lever.offers for lever in levers})
    return {lever.name: lever for lever in sorted(levers, key=lambda lever: lever.about.id)}


def read_lever(path: Path, package: str = PACKAGE, in_force: InForce | None = None) -> LeverFile:
    """One lever's file, checked against its class, with the values that a region says were in force."""
    cls = lever_class(path.stem, package)
    return checked_lever(path, cls, f"{package}.{path.stem}", read_yaml(path), in_force or InForce())


def checked_lever(
    path: Path,
    cls: type[Lever],
    module: str,
    table: dict[str, Any],
    in_force: InForce,
    heard: Callable[[Lever, str], tuple[str, ...]] = offers_of,
) -> LeverFile:
    """What a lever's file says, checked against its class.

    module: where the class stands, in words. heard: the families that a lever offers, with all its values at
    the upper end.

    Raises:
        InputError: what is wrong with the one, the other, or both together.
    """
    about = {key: table.pop(key) for key in About.model_fields if key in table}
    described = read_record(About, in_force.described(path.stem, about), str(path))
    found = in_force.numbers(path, table)
    numbers = {key: read_number(number, where) for key, (number, where) in found.items()}
    types = field_types(cls, module)
    _check_same_fields(path, numbers.keys(), types.keys())
    whole = frozenset(key for key, kind in types.items() if kind is int)
    most = {key: types[key](number.range[1]) for key, number in numbers.items()}
    offers = heard(cls(**most), module)
    lever = LeverFile(name=path.stem, about=described, fields=numbers, whole=whole, offers=offers)
    _check_history(path, lever, {key: where for key, (_, where) in found.items()})
    _check_reason(path, described)
    _check_dose(path, lever)
    check_programme(described.programme, offers, "budget" in numbers, str(path))
    check_local(described.local, described.locally, offers, str(path))
    return lever


@cache
def lever_class(name: str, package: str = PACKAGE) -> type[Lever]:
    """The class of a lever: `rd_subsidy` is RdSubsidy in scenarios/levers/rd_subsidy.py."""
    return class_in(import_module(f"{package}.{name}"), name, f"{package}.{name}")


def class_in(module: object, name: str, where: str) -> type[Lever]:
    """The class of a lever in its module. where: the module in words.

    Raises:
        InputError: there is none.
    """
    title = "".join(word.capitalize() for word in name.split("_"))
    found: Any = getattr(module, title, None)
    made = getattr(found, "__dataclass_params__", None)
    if made is None or not made.frozen or not issubclass(found, Lever):
        raise InputError(f"{where}: has no frozen dataclass {title}(Lever)")
    return found


def instantiate(scenario: Scenario, name: str, year: int, package: str = PACKAGE) -> Lever:
    """The lever with the values that the scenario gives it in a year."""
    return _made(name, package, scenario.lever_values(name, year))


def _made(name: str, package: str, values: Mapping[str, float]) -> Lever:
    kind, types = _class_and_types(name, package)
    return kind(**{key: types[key](value) for key, value in values.items()})


@cache
def _class_and_types(name: str, package: str) -> tuple[type[Lever], dict[str, type]]:
    kind = lever_class(name, package)
    return kind, field_types(kind, f"{package}.{name}")


@dataclass(frozen=True)
class Maker:
    """Makes levers of their values: those that ship, and those from outside that a scenario has."""

    own: tuple[OwnLever, ...] = ()

    def __call__(self, name: str, values: Mapping[str, float]) -> Lever | Outside:
        """The lever of that name with these values by field."""
        outside = next((one for one in self.own if one.name == name), None)
        return _made(name, PACKAGE, values) if outside is None else Outside(outside, dict(values))


def levers_in(scenario: Scenario, year: int) -> list[Acting]:
    """Every lever of the scenario with its values of a year, in the scenario's order; then blocks."""
    make = Maker(scenario.own)
    everywhere = [
        make(name, scenario.lever_values(name, year)) for name in scenario.levers if not is_block(name)
    ]
    return [*everywhere, *levers_here(scenario, year, make)]


def _module_names(package: str) -> set[str]:
    spec = find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        raise InputError(f"{package}: no such package")
    names = (module.name for module in iter_modules(spec.submodule_search_locations))
    return {name for name in names if name.isidentifier()}


def field_types(cls: type[Lever], where: str) -> dict[str, type]:
    """The type of each field of a lever's class, float or int. where: its module in words.

    Raises:
        InputError: a field is of another type.
    """
    known: Any = cls  # a class can be hashed, whatever its instances can
    return _field_types(known, where)


@cache
def _field_types(cls: Any, where: str) -> dict[str, type]:
    hints = get_type_hints(cls)
    types = {item.name: hints[item.name] for item in fields(cls)}
    wrong = [key for key, kind in types.items() if kind not in (int, float)]
    if wrong:
        raise InputError(f"{where}: field {quoted(wrong[0])} is neither float nor int")
    return types


def _check_same_fields(path: Path, in_file: Any, in_class: Any) -> None:
    lines = [f"{path}: {key!r} is no field of the lever's class" for key in sorted(in_file - in_class)]
    lines += [f"{path}: has no {key!r}, which the lever's class needs" for key in sorted(in_class - in_file)]
    if lines:
        raise InputError(*lines)


def _check_history(path: Path, lever: LeverFile, where: Mapping[str, str]) -> None:
    """What was in force is told from 2016 to 2020; what follows belongs to scenarios."""
    for key, number in lever.fields.items():
        years = [year for year, _ in number.dated]
        if years[0] > FIRST_YEAR:
            raise InputError(f"{where[key]} has no value for {FIRST_YEAR}")
        if years[-1] >= POLICY_YEAR:
            raise InputError(f"{where[key]} has a value for {years[-1]}; scenarios say what follows 2020")
        for _, value in number.dated:
            check_whole(value, key in lever.whole, where[key])
    if BLOCKS in lever.fields:
        raise InputError(f"{path}: {BLOCKS!r} is no name of a field")
    if not any(number.range[0] <= 0 <= number.range[1] for number in lever.fields.values()):
        raise InputError(f"{path}: no field can be 0, so the lever cannot be switched off")


def _check_reason(path: Path, about: About) -> None:
    if bool(about.measures) == (about.reason is not None):
        said = "measures and a reason for none" if about.measures else "neither measures nor a reason"
        raise InputError(f"{path}: has {said}")
    if len(set(about.measures)) < len(about.measures):
        raise InputError(f"{path}: names a measure twice")


def _check_dose(path: Path, lever: LeverFile) -> None:
    """Refuses a dose of a field that the lever has not, or one out of its range."""
    mistakes = Mistakes()
    for key, given in lever.about.dose.fields.items() if lever.about.dose else ():
        where = f"{path}: dose.fields.{key}"
        if key not in lever.fields:
            mistakes.note(f"{path}: dose: {unknown('field', key, lever.fields)}")
            continue
        for value in given.values() if isinstance(given, dict) else (given,):
            mistakes.attempt(lever.fields[key].checked, value, where)
    mistakes.stop_if_any()


def check_whole(value: float, whole: bool, where: str) -> float:
    """The value, when the field takes fractions or the value is whole."""
    if whole and value != int(value):
        raise InputError(f"{where} is {exact_text(value)}; expected a whole number")
    return value


def _refuse_repeated_ids(levers: list[LeverFile]) -> None:
    seen: dict[str, str] = {}
    for lever in levers:
        if lever.about.id in seen:
            raise InputError(f"{seen[lever.about.id]} and {lever.name} both have the id {lever.about.id}")
        seen[lever.about.id] = lever.name
