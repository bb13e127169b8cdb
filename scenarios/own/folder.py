"""Reads a folder of levers from outside: NAME.yaml and NAME.py of each, checked as those that ship.

    my_levers/
      research_voucher.yaml   # as configs/lever/NAME.yaml; what it says of the plan may be left out
      research_voucher.py     # as scenarios/levers/NAME.py: one frozen dataclass ResearchVoucher(Lever)

Each is heard before any run, in every quarter of 2016 to 2030: with all its values at the upper end of their
ranges, at those in force, and at zero, where it may offer nothing, so that a lever at zero is no lever.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from scenarios.in_force import InForce
from scenarios.lever import Lever, LeverFile, checked_lever, class_in, field_types
from scenarios.lever_offers import Listener, families_of, refuse_two_of_one, speak
from scenarios.own.module_text import checked_text, refuse_too_long
from scenarios.own.outside import BUDGET, module_of
from scenarios.own.own_lever import OwnLever
from scenarios.own.seen import MadeUpFirms, Seen
from scenarios.region.folder import CONFIGS, DEFAULT_REGION, digest_of_files, region_folder
from scenarios.spec import FIRST_YEAR, LATEST_YEAR
from scenarios.thrusts import NONE, wrong_home
from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.values.file_names import at_home
from scenarios.values.yaml_reader import read_yaml

FORM = re.compile(r"[a-z][a-z0-9_]{0,59}")
COUNTS = re.compile(r"[^\W_][^\s(]*")
"""What desktops and editors leave beside a file ("._x", "x (copy)") is none, nor is `__init__`."""
MOST, LONGEST = 20, 100_000  # levers in a folder; characters of a module
WITH = "+"
"""Between the fingerprint of a model and the digest of the levers from outside that it runs with."""
OF_THE_PLAN: dict[str, Any] = {"plan": [], "measures": [], "thrust": NONE}
NO_MEASURE = "a lever from outside the package"


class OwnFile(NamedTuple):
    """A lever from outside: its file as those of the others, and what its runs carry."""

    file: LeverFile
    run: OwnLever


OwnFiles = Mapping[str, OwnFile]


def load_own(
    folder: Path | str,
    shipped: Mapping[str, LeverFile],
    region: str = DEFAULT_REGION,
    configs: Path = CONFIGS,
) -> dict[str, OwnFile]:
    """The levers of a folder of the user's by name, in the order of their names. shipped: the others.

    Raises:
        InputError: one line per mistake: no such folder, a file without its other half, a name that is taken,
            and all that a lever may not do.
    """
    home = at_home(folder)
    names = _names(home)
    mistakes, found = Mistakes(), {}
    for name in names:
        if name in shipped:
            mistakes.note(f"{home / name}.yaml: a lever {quoted(name)} ships; give yours another name")
            continue
        found[name] = mistakes.attempt(_read, home, name, region, configs)
    mistakes.stop_if_any()
    whole = {name: one for name, one in found.items() if one is not None}
    refuse_two_of_one({**{n: one.offers for n, one in shipped.items()}, **_offers(whole)})
    _refuse_ids(whole, shipped)
    return whole


def own_runs(own: OwnFiles) -> tuple[OwnLever, ...]:
    """What runs carry of some levers from outside."""
    return tuple(one.run for one in own.values())


def in_force_before_2021(own: OwnFiles) -> bool:
    """Whether some lever from outside offers anything to 2020, and so takes part in what that taught."""
    numbers = [number for one in own.values() for number in one.file.fields.values()]
    return any(value for number in numbers for _, value in number.dated)


def own_digest(own: OwnFiles) -> str:
    """One digest of some levers from outside [64 hexadecimal digits]."""
    return sha256("\n".join(f"{name} {one.run.digest}" for name, one in own.items()).encode()).hexdigest()


def _names(home: Path) -> list[str]:
    if not home.is_dir():
        raise InputError(f"levers {quoted(str(home))}: no such folder")
    files, modules = (
        {path.stem: path for path in sorted(home.glob(f"*{ending}")) if COUNTS.fullmatch(path.stem)}
        for ending in (".yaml", ".py")
    )
    lines = [f"{files[n]}: no module {home / n}.py belongs to it" for n in sorted(files.keys() - modules)]
    lines += [f"{modules[n]}: has no file {home / n}.yaml" for n in sorted(modules.keys() - files)]
    lines += [
        f"{files[n]}: name {quoted(n)}; expected a letter, then a to z, digits or _"
        for n in sorted(files.keys() & modules)
        if not FORM.fullmatch(n)
    ]
    if not files and not modules:
        lines = [f"levers {quoted(str(home))}: holds no lever; each is NAME.yaml and NAME.py"]
    if len(files) > MOST:
        lines = [f"levers {quoted(str(home))}: holds {len(files)} levers; at most {MOST}"]
    if lines:
        raise InputError(*lines)
    return sorted(files)


def _read(home: Path, name: str, region: str, configs: Path) -> OwnFile:
    path, code = home / f"{name}.yaml", home / f"{name}.py"
    table = read_yaml(path)
    source = refuse_too_long(_text(code), str(code), LONGEST)
    checked_text(source, str(code))
    digest = digest_of_files(home, (path, code))
    bare = OwnLever(name, digest, name, name, source=source)
    cls = class_in(module_of(bare), name, str(code))
    file = checked_lever(path, cls, str(code), with_plan(table, name), InForce(), Ears(name))
    if not file.about.evidence:
        raise InputError(
            f"{path}: evidence is empty; say what studies found of such an instrument, or that none did"
        )
    _check_plan(path, file, region, configs)
    about, programme = file.about, file.about.programme
    run = OwnLever(
        name,
        digest,
        about.label.en,
        about.label.zh,
        account=programme.account if programme else None,
        rule=programme.rule if programme else "",
        carry_over=programme.carry_over if programme else False,
        thrust=about.thrust,
        units=tuple((key, number.unit) for key, number in file.fields.items()),
        source=source,
    )
    _refuse_other_doses(run, cls, file, str(code))
    return OwnFile(file, run)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({type(error).__name__})") from None


def with_plan(table: dict[str, Any], name: str) -> dict[str, Any]:
    """A lever's table with what it leaves out of the plan: it carries no measure of it."""
    whole = {"id": name, **OF_THE_PLAN, **table}
    return whole if whole["measures"] else {"reason": NO_MEASURE, **whole}


def _check_plan(path: Path, file: LeverFile, region: str, configs: Path) -> None:
    """Refuses measures that the region's plan has not, and a thrust in which they do not stand."""
    known = read_yaml(region_folder(region, configs) / "measures.yaml")
    lines = [f"{path}: {unknown('measure', one, known)}" for one in file.about.measures if one not in known]
    wrong = wrong_home(file.about.thrust, file.about.measures)
    if lines or wrong:
        raise InputError(*lines, *([f"{path}: {wrong}"] if wrong else []))


def _refuse_ids(own: OwnFiles, shipped: Mapping[str, LeverFile]) -> None:
    taken = {one.about.id: name for name, one in shipped.items()}
    lines = []
    for name, one in own.items():
        other = taken.setdefault(one.file.about.id, name)
        lines += [f"{other} and {name} both have the id {one.file.about.id}"] if other != name else []
    if lines:
        raise InputError(*lines)


def _offers(own: OwnFiles) -> dict[str, tuple[str, ...]]:
    return {name: one.file.offers for name, one in own.items()}


class Ear(Listener):
    """Hears a lever with a few made-up firms, and remembers the terms of which it offers something."""

    def __init__(self, year: int, quarter: int) -> None:
        super().__init__()
        self.year, self.quarter, self.firms = year, quarter, MadeUpFirms()  # type: ignore[misc,assignment]
        self.offered: dict[str, float] = {}

    def offer(self, family: str, lever: str, to: object = None, **terms: float) -> None:
        """As Listener.offer."""
        super().offer(family, lever, to, **terms)
        self.offered |= {f"{family}.{term}": float(value) for term, value in terms.items() if value != 0}


class Ears:
    """Hears a lever in every quarter, as it would see the economy."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, lever: Any, where: str) -> tuple[str, ...]:
        """The families of which the lever offers something, each once.

        Raises:
            InputError: it offers nothing, or does what no lever may.
        """
        return families_of(self.hear(lever, where), where)

    def hear(self, lever: Any, where: str, dose: str = "") -> list[Ear]:
        """What was heard, quarter by quarter. Raises: InputError, as above."""
        ears = []
        for year, quarter in _quarters():
            ears.append(Ear(year, quarter))
            speak(lever, Seen(ears[-1], self.name), where, f" in {year} Q{quarter % 4 + 1}{dose}")
        return ears


def _refuse_other_doses(own: OwnLever, cls: type[Lever], file: LeverFile, where: str) -> None:
    """Hears the lever at its values in force and at zero.

    Raises:
        InputError: it offers what it does not at its highest dose, or something at zero.
    """
    types, ears = field_types(cls, where), Ears(own.name)
    in_force = {key: types[key](one.dated[-1][1]) for key, one in file.fields.items()}
    zero = {key: types[key](min(max(0.0, one.range[0]), one.range[1])) for key, one in file.fields.items()}
    heard = ears.hear(cls(**in_force), where, " with its values in force")
    strange = [family for ear in heard for family in ear.heard if family not in file.offers]
    if strange:
        raise InputError(f"{where}: offers {strange[0]}, but not with its values at the upper end")
    silent = ears.hear(cls(**zero), where, " with all its values 0")
    left = {term: value for ear in silent for term, value in ear.offered.items()}
    left |= {BUDGET: zero[BUDGET]} if zero.get(BUDGET) else {}
    if left:
        term, value = next(iter(left.items()))
        raise InputError(
            f"{where}: with all its values 0 it still offers {term} = {value:g}: it cannot be switched off"
        )


def _quarters() -> Iterator[tuple[int, int]]:
    """Year and number of every quarter that a run may have."""
    for year in range(FIRST_YEAR, LATEST_YEAR + 1):
        yield from ((year, 4 * (year - FIRST_YEAR) + n) for n in range(4))
