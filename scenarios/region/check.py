"""What a region's data lack or contradict: everything that any run could meet, one line each.

faults("lakeland") == []
"""

from collections.abc import Callable
from pathlib import Path

from scenarios.load import central_values, load_levers, load_parameters, load_scenarios
from scenarios.measures import load_measures
from scenarios.region.bases import draw_bases, read_bases, read_industry_split
from scenarios.region.carriers import read_carriers
from scenarios.region.folder import CONFIGS, NEEDED, region_folder
from scenarios.region.funds import read_funds
from scenarios.region.graduates import read_talent
from scenarios.region.institutions import read_institutions
from scenarios.region.marginals import Marginals, load_marginals
from scenarios.region.region import (
    Industries,
    Prefectures,
    load_region,
    read_industries,
    read_label,
    read_prefectures,
)
from scenarios.region.register import read_contract_register
from scenarios.spec import BASELINE
from scenarios.take_up import refuse_low_ceiling
from scenarios.targets import load_targets
from scenarios.values.errors import InputError, unknown
from scenarios.values.parameters import check_parameter_names
from scenarios.values.tables import read_series
from scenarios.worlds.given import DEFAULT_WORLD
from scenarios.worlds.world import load_world, world_names

BASES = (  # what the model itself reads of them
    "digital_core_share_2020",
    "gdp_2020",
    "high_value_share_2020",
    "invention_patents_2020",
    "population_2020",
)


class Check:
    """The lines that say what is wrong, found one after the other."""

    def __init__(self, region: str, configs: Path) -> None:
        self.region, self.configs = region, configs
        self.home = region_folder(region, configs)
        self.lines: list[str] = []

    def note(self, *lines: str) -> None:
        """Keeps lines, each once, and of a missing file only that it is missing."""
        self.lines += [line for line in lines if line not in self.lines and not line.startswith(self.unread)]

    @property
    def unread(self) -> tuple[str, ...]:
        """How a reader's complaint about a missing file begins."""
        files = (self.home / f"{name}.yaml" for name in NEEDED)
        return tuple(f"{file}: cannot be read" for file in files if not file.is_file())

    def attempt[T](self, read: Callable[..., T], *given: object, **named: object) -> T | None:
        """What a reader returns; None where it refuses, and its reasons are kept."""
        try:
            return read(*given, **named)
        except InputError as error:
            self.note(*error.messages)
            return None

    def read[T](self, read: Callable[..., T], name: str, *given: object) -> T | None:
        """What a reader makes of a file of the folder; nothing more is said of one that is missing."""
        path = self.home / f"{name}.yaml"
        return self.attempt(read, path, *given) if path.is_file() else None


def faults(region: str, configs: Path = CONFIGS) -> list[str]:
    """What a region's folder lacks or contradicts, one line each; empty when it is complete.

    Raises:
        InputError: no such region.
    """
    check = Check(region, configs)
    check_files(check)
    check_geography(check)
    check_bases(check)
    check.read(read_series, "series")
    check_choices(check)
    return check.lines


def check_files(check: Check) -> None:
    """Files and folders that every region needs."""
    for name in NEEDED:
        if not (check.home / f"{name}.yaml").is_file():
            check.note(f"{check.home} has no {name}.yaml")
    for name in ("parameters", "scenario", "world"):
        if not any((check.home / name).glob("*.yaml")):
            check.note(f"{check.home} has no {name}/*.yaml")


def check_geography(check: Check) -> None:
    """Places and industries, and then whatever is told by place or by industry."""
    check.read(read_label, "prefectures")
    places = check.read(read_prefectures, "prefectures")
    industries = check.read(read_industries, "industries")
    if places is not None:
        check_places(check, places)
    if industries is not None:
        check.read(read_industry_split, "base", industries.names)
        check.read(read_funds, "funds", industries.names)
    if places is not None and industries is not None:
        check_by_cell(check, places, industries)


def check_places(check: Check, places: Prefectures) -> None:
    """What is told by place alone."""
    file = check.home / "prefectures.yaml"
    check.read(read_contract_register, "contract_register", places.groups)
    check.read(read_carriers, "carriers", places.names)
    more = places.enterprise_patents > places.invention_patents
    for name in (name for name, fault in zip(places.names, more, strict=True) if fault):
        check.note(f"{file}: enterprises of {name} hold more inventions than all owners there")


def check_by_cell(check: Check, places: Prefectures, industries: Industries) -> None:
    """What is told by place and industry."""
    institutions = check.read(read_institutions, "universities", places.names, industries.names)
    if institutions is not None:
        check.read(read_talent, "talent", places.names, institutions)
    marginals: Marginals | None = check.read(load_marginals, "marginals", places.names, industries.names)
    if marginals is None:
        return
    share = marginals.constants["certified"] / marginals.constants["firms"]
    over = marginals.certified_prefecture_share * share > marginals.prefecture_share
    for name in (name for name, fault in zip(places.names, over, strict=True) if fault):
        check.note(f"{check.home / 'marginals.yaml'}: {name} has more certified firms than firms")
    if marginals.constants["research_share"] < share:
        check.note(
            f"{check.home / 'marginals.yaml'}: research_share is below the certified firms' {share:.3f}"
        )


def check_bases(check: Check) -> None:
    """The bases that the model and the targets read."""
    bases = check.read(read_bases, "base")
    if bases is None:
        return
    file = check.home / "base.yaml"
    missing = [name for name in BASES if name not in bases]
    check.note(*(f"{file} has no base {name}" for name in missing))
    if missing or not (check.home / "targets.yaml").is_file():
        return
    series = check.read(read_series, "series") or {}
    known = draw_bases(bases, {name: 0.5 for name, base in bases.items() if not base.known})
    targets = check.attempt(load_targets, check.configs, check.region) or {}
    for target in targets.values():
        past = target.about.past
        if past is not None and past.series not in series:
            check.note(
                f"{check.home / 'targets.yaml'}: {target.name}: {unknown('series', past.series, series)}"
            )
        for base in (target.about.base, target.about.also.base if target.about.also else None):
            if base is not None and base not in known:
                check.note(f"{check.home / 'targets.yaml'}: {target.name}: {unknown('base', base, known)}")


def check_choices(check: Check) -> None:
    """Parameters, scenarios, worlds, targets and measures."""
    parameters = check.attempt(load_parameters, check.configs, check.region)
    if parameters is not None and (check.home / "marginals.yaml").is_file():
        check.attempt(check_parameter_names, parameters, check.region, check.configs)
    region = check.attempt(load_region, check.region, check.configs)
    if parameters is not None and region is not None:
        check.attempt(refuse_low_ceiling, region, central_values(parameters))
    scenarios = check.attempt(load_scenarios, (), check.configs, region=check.region)
    if scenarios is not None and BASELINE not in scenarios:
        check.note(f"{check.home / 'scenario'} has no {BASELINE}.yaml, the baseline")
    worlds = world_names(check.home)
    if (check.home / "world").is_dir() and DEFAULT_WORLD not in worlds:
        check.note(
            f"{check.home / 'world'} has no {DEFAULT_WORLD}.yaml, which runs take unless told otherwise"
        )
    for world in worlds:
        check.attempt(load_world, world, check.region, check.configs)
    if (check.home / "measures.yaml").is_file():
        check.attempt(load_measures, check.region, check.configs)
    check.attempt(load_levers, check.configs, region=check.region)
